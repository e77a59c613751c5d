using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Policies.Sql;

namespace Bastion.PowerShell.Policies;

/// <summary>Names of control policies.</summary>
public sealed class PolicyNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => engine.Policies.List(new PolicyFilter())
        .Select(policy => new Name(policy.Name, $"{policy.Priority}{(policy.Enabled ? "" : " (disabled)")} · {policy.Rules}"));
}

/// <summary>Names of protocol channels.</summary>
public sealed class ChannelNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => ProtocolChannels.All
        .Select(channel => new Name(channel.ToString(), ProtocolChannels.Carrier(channel) is { } carrier ? $"{channel}, inside {carrier}" : channel.ToString()));
}

/// <summary>Kinds of SQL statements.</summary>
public sealed class StatementKindNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => Enum.GetNames<SqlStatementKind>().Select(kind => new Name(kind, kind));
}

/// <summary>Names of rule sections.</summary>
public sealed class RuleSectionNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => RuleSections.Names.Select(section => new Name(section, section));
}

/// <summary>Office hours in every time zone, to begin with: the local one first.</summary>
public sealed class TimeWindowTexts : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => TimeZones.OfSystem.Names
        .OrderByDescending(zone => zone.Equals(TimeZoneInfo.Local.Id, StringComparison.OrdinalIgnoreCase))
        .Select(zone => new Name($"Mon-Fri 08:00-18:00 {zone}", zone));
}
