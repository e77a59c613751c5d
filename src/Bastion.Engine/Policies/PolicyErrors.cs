namespace Bastion.Policies;

/// <summary>No such control policy.</summary>
/// <param name="name">What was asked for.</param>
/// <param name="near">A name that is close, or <see langword="null"/>.</param>
public sealed class PolicyNotFoundException(string name, string? near = null) : BastionException("PolicyNotFound", ErrorKind.NotFound, name,
    $"No control policy is called '{Printable.Escape(name)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Get-BhControlPolicy lists them.");

/// <summary>A priority is out of range.</summary>
/// <param name="policy">The policy.</param>
/// <param name="priority">What was given.</param>
public sealed class InvalidPriorityException(string policy, int priority) : BastionException("InvalidPriority", ErrorKind.InvalidInput, policy,
    $"{priority} is not a priority. Priorities go from {ControlPolicy.FirstPriority}, which decides first, to {ControlPolicy.LastPriority}.");

/// <summary>A word is no channel.</summary>
/// <param name="word">What was given.</param>
/// <param name="near">A channel that is close, or <see langword="null"/>.</param>
public sealed class UnknownChannelException(string word, string? near) : BastionException("UnknownChannel", ErrorKind.InvalidInput, Printable.Escape(word),
    $"No protocol channel is called '{Printable.Escape(word)}'.{(near is null ? "" : $" Did you mean '{near}'?")} There are {string.Join(", ", ProtocolChannels.All)}.");

/// <summary>A channel is allowed without the one inside which it lives.</summary>
/// <param name="channel">The channel.</param>
/// <param name="carrier">What is missing.</param>
public sealed class ChannelWithoutCarrierException(ProtocolChannel channel, ProtocolChannel carrier) : BastionException("ChannelWithoutCarrier", ErrorKind.InvalidInput, channel.ToString(),
    $"{channel} works only inside {carrier}, which would stay closed. Allow {carrier} too.");

/// <summary>A time window can't be read.</summary>
/// <param name="window">What was given.</param>
/// <param name="why">What is wrong.</param>
public sealed class InvalidTimeWindowException(string window, string why) : BastionException("InvalidTimeWindow", ErrorKind.InvalidInput, Printable.Escape(window),
    $"The time window '{Printable.Escape(window)}' can't be read: {why} Write days, hours and time zone, e.g. 'Mon-Fri 08:00-18:00 Europe/Madrid', 'Mon 22:00-06:00 UTC' (over midnight), 'Sat,Sun 00:00-24:00 UTC'.");

/// <summary>A time zone is not known.</summary>
/// <param name="zone">What was given.</param>
/// <param name="near">A zone that is close, or <see langword="null"/>.</param>
public sealed class UnknownTimeZoneException(string zone, string? near) : BastionException("UnknownTimeZone", ErrorKind.InvalidInput, Printable.Escape(zone),
    $"No time zone is called '{Printable.Escape(zone)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Name it as IANA does (Europe/Madrid, UTC) or as Windows does (Romance Standard Time).");

/// <summary>This machine has no data for a time zone that exists.</summary>
/// <param name="zone">The zone.</param>
public sealed class TimeZoneDataMissingException(string zone) : BastionException("TimeZoneDataMissing", ErrorKind.Resource, zone,
    $"This machine has no data for the time zone '{zone}'. Install its time zone data (the package tzdata on most Linux systems); until then a policy with that zone denies what it covers.");

/// <summary>An address range can't be read.</summary>
/// <param name="range">What was given.</param>
/// <param name="why">What is wrong, and how to write it.</param>
public sealed class InvalidAddressRangeException(string range, string why) : BastionException("InvalidAddressRange", ErrorKind.InvalidInput, Printable.Escape(range),
    $"'{Printable.Escape(range)}' is not an address or a CIDR range: {why}");

/// <summary>A pattern for commands can't be read.</summary>
/// <param name="pattern">What was given.</param>
/// <param name="why">What is wrong.</param>
public sealed class InvalidCommandPatternException(string pattern, string why) : BastionException("InvalidCommandPattern", ErrorKind.InvalidInput, Printable.Escape(pattern),
    $"The command pattern '{Printable.Escape(pattern)}' can't be read: {Printable.Escape(why)} Write a program ('rm'), a whole command with * and ? ('systemctl status *'), or a regular expression between slashes ('/^kill .*-9/').");

/// <summary>A rule section is set but says nothing.</summary>
/// <param name="section">The section.</param>
/// <param name="instead">What to write instead.</param>
public sealed class EmptyRuleException(string section, string instead) : BastionException("EmptyRule", ErrorKind.InvalidInput, section, $"{section} was given no value. {instead}");

/// <summary>A word is no rule section.</summary>
/// <param name="section">What was given.</param>
/// <param name="known">Those that there are.</param>
public sealed class UnknownRuleSectionException(string section, string known) : BastionException("UnknownRuleSection", ErrorKind.InvalidInput, Printable.Escape(section),
    $"A policy has no section '{Printable.Escape(section)}'. Sections are {known}.");

/// <summary>The rules of a policy can't be read; it denies all in its scope.</summary>
/// <param name="policy">The policy.</param>
/// <param name="why">What is wrong with them.</param>
public sealed class PolicyUnreadableException(string policy, string why) : BastionException("PolicyUnreadable", ErrorKind.Security, policy,
    $"The rules of policy '{policy}' can't be read: {why} It denies everything in its scope. Update Bastion if a newer version wrote it; else disable or remove the policy and make it anew.");

/// <summary>A policy's scope was given, but is empty.</summary>
/// <param name="what">Users or assets.</param>
public sealed class EmptyScopeException(string what) : BastionException("EmptyScope", ErrorKind.InvalidInput, what,
    $"The policy's {what} were given, but there are none among them: the policy would cover nothing. Name some, or leave the parameter out to cover all.");

/// <summary>Single members can't be added to or taken from a scope that covers all.</summary>
/// <param name="policy">The policy.</param>
/// <param name="what">Users or assets.</param>
public sealed class ScopeCoversAllException(string policy, string what) : BastionException("ScopeCoversAll", ErrorKind.Conflict, policy,
    $"Policy '{policy}' covers all {what}; single ones can't be added or taken out. Name those that it should cover with Set-BhControlPolicy '{policy}' {(what == "users" ? "-User" : "-Asset")}.");

/// <summary>What should be taken out of a scope is not in it.</summary>
/// <param name="policy">The policy.</param>
/// <param name="member">The user or asset.</param>
public sealed class NotInScopeException(string policy, string member) : BastionException("NotInScope", ErrorKind.NotFound, policy,
    $"Policy '{policy}' does not list '{member}'. Get-BhControlPolicy '{policy}' shows what it covers.");

/// <summary>A pattern for tables can't be read.</summary>
/// <param name="pattern">What was given.</param>
public sealed class InvalidTablePatternException(string pattern) : BastionException("InvalidTablePattern", ErrorKind.InvalidInput, Printable.Escape(pattern),
    $"The table pattern '{Printable.Escape(pattern)}' can't be read. Write a table ('salaries'), or schema and table with a dot between ('hr.salaries', 'hr.*'), without quotes.");

/// <summary>A word is no kind of SQL statement.</summary>
/// <param name="word">What was given.</param>
/// <param name="near">A kind that is close, or <see langword="null"/>.</param>
public sealed class UnknownStatementKindException(string word, string? near) : BastionException("UnknownStatementKind", ErrorKind.InvalidInput, Printable.Escape(word),
    $"No kind of SQL statement is called '{Printable.Escape(word)}'.{(near is null ? "" : $" Did you mean '{near}'?")} There are {string.Join(", ", Enum.GetNames<Sql.SqlStatementKind>())}.");

/// <summary>Nobody knows whose SQL a statement is.</summary>
/// <param name="asset">The asset.</param>
public sealed class SqlDialectUnknownException(string asset) : BastionException("SqlDialectUnknown", ErrorKind.InvalidInput, asset,
    $"'{asset}' has no engine whose SQL is known. Name one with -Dialect (MySql, PostgreSql, SqlServer), or set the asset's engine.");
