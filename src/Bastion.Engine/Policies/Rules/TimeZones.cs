using System.Collections.Frozen;
using TimeZoneConverter;

namespace Bastion.Policies.Rules;

/// <summary>Time zones by their IANA or Windows names, on every system alike.</summary>
/// <remarks>The system converts between the two only where it has ICU, which a host can be without; and its list may hold what is no zone (<c>localtime</c>, <c>right/…</c>).</remarks>
public sealed class TimeZones
{
    // Zones that came after the converter's data are taken from the system, if they look like zones.
    private static readonly string[] Areas = ["Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Etc/", "Europe/", "Indian/", "Pacific/"];

    private readonly FrozenDictionary<string, string> _known;
    private readonly Func<string, TimeZoneInfo?> _system;

    /// <param name="system">The system's zone of a name, or <see langword="null"/>.</param>
    internal TimeZones(Func<string, TimeZoneInfo?> system)
    {
        _system = system;
        Names = [.. TZConvert.KnownIanaTimeZoneNames.Concat(TZConvert.KnownWindowsTimeZoneIds).Append("UTC").Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
        _known = Names.ToFrozenDictionary(name => name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>With the data of this machine.</summary>
    public static TimeZones OfSystem { get; } = new(name => TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null);

    /// <summary>All names, IANA's and Windows'.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The zone of a name.</summary>
    /// <param name="name">IANA's or Windows' name; case does not count.</param>
    /// <returns>The name as it is spelt, and the zone.</returns>
    /// <exception cref="UnknownTimeZoneException">There is no such zone.</exception>
    /// <exception cref="TimeZoneDataMissingException">There is, but not on this machine.</exception>
    internal (string Name, TimeZoneInfo Zone) Find(string name)
    {
        if (_known.TryGetValue(name, out string? known))
        {
            // Needs no data.
            if (known is "UTC" or "Etc/UTC") return (known, TimeZoneInfo.Utc);
            TimeZoneInfo? zone = _system(known)
                ?? (TZConvert.TryWindowsToIana(known, out string? iana) ? _system(iana) : null)
                ?? (TZConvert.TryIanaToWindows(known, out string? windows) ? _system(windows) : null);
            return (known, zone ?? throw new TimeZoneDataMissingException(known));
        }

        bool looksLikeOne = Areas.Any(area => name.StartsWith(area, StringComparison.Ordinal)) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+');
        return looksLikeOne && _system(name) is { } newer ? (name, newer) : throw new UnknownTimeZoneException(name, Bastion.Names.Nearest(name, Names));
    }
}
