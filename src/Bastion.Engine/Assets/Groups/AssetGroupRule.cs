using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bastion.Assets.Groups;

/// <summary>Which assets are in a group. Every condition that is given must hold; of the values of one condition one is enough.</summary>
/// <remarks>Names, regions, systems, engines and values of tags take wildcards and are compared without case; owner account ids and keys of tags are taken as they are.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AssetGroupRule
{
    private static readonly JsonSerializerOptions Strict = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Owner account ids.</summary>
    public IReadOnlyList<string> OwnerAccountIds { get; init; } = [];
    /// <summary>Names of assets.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
    /// <summary>The cloud's labels: all these keys, each with a value that fits.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
    /// <summary>Regions.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];
    /// <summary>Linux or Windows.</summary>
    public IReadOnlyList<string> OperatingSystems { get; init; } = [];
    /// <summary>Engines of databases.</summary>
    public IReadOnlyList<string> Engines { get; init; } = [];

    /// <summary>For people, e.g. <c>owner 1234567890123456; name web-*; tag env=prod</c>.</summary>
    public override string ToString() => string.Join("; ", new[]
    {
        Show("owner", OwnerAccountIds), Show("name", Names), Show("tag", Tags.Select(t => $"{t.Key}={t.Value}")),
        Show("region", Regions), Show("system", OperatingSystems), Show("engine", Engines),
    }.OfType<string>());

    internal string Write() => JsonSerializer.Serialize(this, Strict);

    /// <exception cref="GroupRuleUnreadableException">It can't be read to the letter.</exception>
    internal static AssetGroupRule Read(string group, string stored)
    {
        try
        {
            AssetGroupRule rule = JsonSerializer.Deserialize<AssetGroupRule>(stored, Strict) ?? throw new FormatException("it is empty");
            bool whole = new[] { rule.OwnerAccountIds, rule.Names, rule.Regions, rule.OperatingSystems, rule.Engines }.All(list => list?.All(value => value is not null) == true)
                && rule.Tags?.Values.All(value => value is not null) == true;
            return whole ? rule : throw new FormatException("a value is missing");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new GroupRuleUnreadableException(group, e);
        }
    }

    private static string? Show(string what, IEnumerable<string> values) => values.Any() ? $"{what} {string.Join(", ", values)}" : null;
}

/// <summary>A rule made ready to be asked about many assets.</summary>
internal sealed class AssetGroupMatcher
{
    private readonly HashSet<string> _owners;
    private readonly List<(NamePattern[] Patterns, Func<Asset, string?> Value)> _conditions = [];

    /// <exception cref="BastionException">The rule has no condition, or a pattern can't be read.</exception>
    internal AssetGroupMatcher(string group, AssetGroupRule rule)
    {
        _owners = [.. rule.OwnerAccountIds];
        Require(rule.Names, asset => asset.Name);
        Require(rule.Regions, asset => asset.Region);
        Require(rule.OperatingSystems, asset => asset.OperatingSystem);
        Require(rule.Engines, asset => asset.Engine);
        foreach ((string key, string value) in rule.Tags) Require([value], asset => asset.Tags.GetValueOrDefault(key));
        if (_owners.Count == 0 && _conditions.Count == 0) throw new EmptyGroupRuleException(group);
    }

    internal bool Matches(Asset asset) => (_owners.Count == 0 || _owners.Contains(asset.OwnerAccountId))
        && _conditions.TrueForAll(c => c.Value(asset) is { } value && c.Patterns.Any(p => p.Matches(value)));

    private void Require(IReadOnlyList<string> patterns, Func<Asset, string?> value)
    {
        if (patterns.Count > 0) _conditions.Add(([.. patterns.Select(p => new NamePattern(p))], value));
    }
}
