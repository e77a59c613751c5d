using System.Globalization;
using Bastion.Policies.Rules;

namespace Bastion.Unit.Policies;

/// <summary>Windows against a clock on the wall that knows nothing of the system's time zones: offsets and the minutes at which they change, from the zones' published rules.</summary>
public class TimeWindowOracleTests
{
    private static readonly string[] Names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    // Zone, minutes from UTC at the beginning of 2026, then each change: when (UTC), and the minutes from then on.
    public static TheoryData<string, int, string[]> Zones() => new()
    {
        { "UTC", 0, [] },
        { "Asia/Kolkata", 330, [] },
        { "Pacific/Kiritimati", 840, [] },
        { "Pacific/Pago_Pago", -660, [] },
        { "Europe/Madrid", 60, ["2026-03-29T01:00Z 120", "2026-10-25T01:00Z 60"] },
        { "Romance Standard Time", 60, ["2026-03-29T01:00Z 120", "2026-10-25T01:00Z 60"] },
        { "Europe/Dublin", 0, ["2026-03-29T01:00Z 60", "2026-10-25T01:00Z 0"] },
        { "America/New_York", -300, ["2026-03-08T07:00Z -240", "2026-11-01T06:00Z -300"] },
        { "Eastern Standard Time", -300, ["2026-03-08T07:00Z -240", "2026-11-01T06:00Z -300"] },
        { "America/St_Johns", -210, ["2026-03-08T05:30Z -150", "2026-11-01T04:30Z -210"] },
        { "Australia/Lord_Howe", 660, ["2026-04-04T15:00Z 630", "2026-10-03T15:30Z 660"] },
        { "America/Santiago", -180, ["2026-04-05T03:00Z -240", "2026-09-06T04:00Z -180"] },
    };

    [Theory]
    [MemberData(nameof(Zones))]
    public void Every_minute_around_a_change_is_as_the_clock_on_the_wall_says(string zone, int offset, string[] changes)
    {
        (DateTime At, int Minutes)[] steps = [.. changes.Select(Read)];
        var random = new Random(20261124);
        DateTime[] centres = steps.Length > 0 ? [.. steps.Select(s => s.At)] : [new DateTime(2026, 6, 3, 12, 0, 0, DateTimeKind.Utc)];
        foreach (DateTime centre in centres)
        {
            for (int n = 0; n < 12; n++)
            {
                Drawn drawn = Drawn.From(random);
                var window = TimeWindow.Parse($"{drawn.Text} {zone}");
                for (DateTime utc = centre.AddDays(-2); utc < centre.AddDays(2); utc = utc.AddMinutes(1))
                {
                    int minutes = steps.Where(s => s.At <= utc).Select(s => s.Minutes).LastOrDefault(offset);
                    if (drawn.Holds(utc.AddMinutes(minutes)) != window.Holds(new DateTimeOffset(utc))) Assert.Fail($"{window} at {utc:O}");
                }
            }
        }
    }

    private static (DateTime At, int Minutes) Read(string change)
    {
        string[] parts = change.Split(' ');
        return (DateTime.Parse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>A random window, and a slow and plain way to tell whether a wall clock is in it: minutes of the week, one by one.</summary>
    private sealed record Drawn(string Text, HashSet<int> MinutesOfWeek)
    {
        private const int Day = 24 * 60;

        internal static Drawn From(Random random)
        {
            bool[] days = [.. Enumerable.Range(0, 7).Select(_ => random.Next(2) == 0)];
            days[random.Next(7)] = true;
            // Near the small hours, where the changes are, as often as anywhere.
            int from = random.Next(2) == 0 ? random.Next(0, 240) : random.Next(0, Day);
            int until = random.Next(2) == 0 ? random.Next(1, 240) : random.Next(1, Day + 1);
            if (until == from) until = from + 1;
            var minutes = new HashSet<int>();
            for (int day = 0; day < 7; day++)
            {
                int length = until > from ? until - from : until - from + Day;
                for (int m = 0; days[day] && m < length; m++) minutes.Add(((day * Day) + from + m) % (7 * Day));
            }

            return new Drawn($"{string.Join(',', Names.Where((_, i) => days[i]))} {Clock(from)}-{Clock(until)}", minutes);
        }

        internal bool Holds(DateTime wall)
        {
            // 2026-01-05 is a Monday.
            long minute = (long)Math.Floor((wall - new DateTime(2025, 12, 29, 0, 0, 0, DateTimeKind.Utc)).TotalMinutes);
            return MinutesOfWeek.Contains((int)(minute % (7 * Day)));
        }

        private static string Clock(int minute) => $"{minute / 60:00}:{minute % 60:00}";
    }
}
