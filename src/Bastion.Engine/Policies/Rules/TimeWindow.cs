using System.Globalization;

namespace Bastion.Policies.Rules;

/// <summary>Hours of some days of the week in a time zone, e.g. <c>Mon-Fri 08:00-18:00 Europe/Madrid</c>.</summary>
/// <remarks>
/// It holds whenever the clock on the wall there shows a time in it. So an hour that is skipped in spring never comes, and one that is repeated
/// in autumn counts both times. A window whose end lies before its beginning ends the next morning; its days are those on which it begins.
/// </remarks>
public sealed class TimeWindow
{
    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    private static readonly TimeSpan Midnight = TimeSpan.FromDays(1);

    private readonly bool[] _days;
    private readonly TimeSpan _from;
    private readonly TimeSpan _until;
    private readonly TimeZoneInfo _zone;

    private TimeWindow(bool[] days, TimeSpan from, TimeSpan until, string zoneName, TimeZoneInfo zone) =>
        (_days, _from, _until, ZoneName, _zone) = (days, from, until, zoneName, zone);

    /// <summary>Name of the time zone.</summary>
    public string ZoneName { get; }

    /// <summary>Reads a window: days (<c>Mon</c>, <c>Mon-Fri</c>, <c>Sat,Sun</c>, <c>Fri-Mon</c>), hours from 00:00 to 24:00, and a time zone by its IANA or Windows name.</summary>
    /// <exception cref="BastionException">It can't be read, or the zone is not known or has no data here.</exception>
    public static TimeWindow Parse(string text) => Parse(text, TimeZones.OfSystem);

    internal static TimeWindow Parse(string text, TimeZones zones)
    {
        string given = (text ?? "").Trim();
        int hoursAt = given.AsSpan().IndexOfAnyInRange('0', '9');
        if (hoursAt < 0) throw new InvalidTimeWindowException(given, "it has no hours.");
        string rest = given[hoursAt..];
        int zoneAt = 0;
        while (zoneAt < rest.Length && !char.IsLetter(rest[zoneAt])) zoneAt++;
        bool[] days = ReadDays(given, given[..hoursAt]);
        (TimeSpan from, TimeSpan until) = ReadHours(given, rest[..zoneAt]);
        if (zoneAt == rest.Length) throw new InvalidTimeWindowException(given, "it names no time zone.");
        (string name, TimeZoneInfo zone) = zones.Find(rest[zoneAt..]);
        return new TimeWindow(days, from, until, name, zone);
    }

    /// <summary>Whether a moment lies in the window.</summary>
    public bool Holds(DateTimeOffset at)
    {
        DateTime wall = OnTheWall(at);
        int today = Index(wall.DayOfWeek);
        TimeSpan clock = wall.TimeOfDay;
        if (_from < _until) return _days[today] && clock >= _from && clock < _until;
        return (_days[today] && clock >= _from) || (_days[(today + 6) % 7] && clock < _until);
    }

    /// <summary>The canonical form: what <see cref="Parse(string)"/> reads again as the same window.</summary>
    public override string ToString() => $"{ShowDays()} {Show(_from)}-{Show(_until)} {ZoneName}";

    /// <summary>What the clock on the wall shows there, e.g. <c>Tue 19:05</c>.</summary>
    internal string ShowClock(DateTimeOffset at)
    {
        DateTime wall = OnTheWall(at);
        return $"{Days[Index(wall.DayOfWeek)][..3]} {wall:HH:mm}";
    }

    private static int Index(DayOfWeek day) => ((int)day + 6) % 7;

    private static string Show(TimeSpan clock) => clock == Midnight ? "24:00" : clock.ToString(@"hh\:mm", CultureInfo.InvariantCulture);

    private static bool[] ReadDays(string window, string text)
    {
        bool[] days = new bool[7];
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-');
            int first = ReadDay(window, ends[0]);
            int last = ends.Length switch { 1 => first, 2 => ReadDay(window, ends[1]), _ => throw new InvalidTimeWindowException(window, $"'{part.Trim()}' is no range of days.") };
            for (int day = first; ; day = (day + 1) % 7)
            {
                days[day] = true;
                if (day == last) break;
            }
        }

        return days;
    }

    private static int ReadDay(string window, string text)
    {
        string day = text.Trim();
        int found = Array.FindIndex(Days, d => d.Equals(day, StringComparison.OrdinalIgnoreCase) || d[..3].Equals(day, StringComparison.OrdinalIgnoreCase));
        return found >= 0 ? found : throw new InvalidTimeWindowException(window, day.Length == 0 ? "a day is missing." : $"'{day}' is no day of the week.");
    }

    private static (TimeSpan From, TimeSpan Until) ReadHours(string window, string text)
    {
        string[] ends = text.Split('-');
        if (ends.Length != 2 || ReadClock(ends[0]) is not { } from || ReadClock(ends[1]) is not { } until || from == Midnight)
            throw new InvalidTimeWindowException(window, $"'{text.Trim()}' are no hours from 00:00 to 24:00.");
        if (from == until) throw new InvalidTimeWindowException(window, "it begins and ends at the same time. A whole day is 00:00-24:00.");
        return (from, until == TimeSpan.Zero ? Midnight : until);
    }

    private static TimeSpan? ReadClock(string text)
    {
        if (text.Trim().Split(':') is not [{ Length: 1 or 2 } hour, { Length: 2 } minute]) return null;
        if (!int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out int h) || !int.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out int m)) return null;
        var clock = new TimeSpan(h, m, 0);
        return m < 60 && clock <= Midnight ? clock : null;
    }

    private DateTime OnTheWall(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone).DateTime;

    private string ShowDays()
    {
        var runs = new List<string>();
        for (int day = 0; day < 7; day++)
        {
            if (!_days[day]) continue;
            int first = day;
            while (day < 6 && _days[day + 1]) day++;
            runs.Add(first == day ? Days[day][..3] : $"{Days[first][..3]}{(day == first + 1 ? ',' : '-')}{Days[day][..3]}");
        }

        return string.Join(',', runs);
    }
}
