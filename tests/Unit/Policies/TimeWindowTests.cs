using System.Globalization;
using Bastion.Policies;
using Bastion.Policies.Rules;

namespace Bastion.Unit.Policies;

public class TimeWindowTests
{
    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("Mon-Fri 08:00-18:00 Europe/Madrid", "Mon-Fri 08:00-18:00 Europe/Madrid")]
    [InlineData(" mon-FRI 8:00 - 18:00  europe/madrid ", "Mon-Fri 08:00-18:00 Europe/Madrid")]
    [InlineData("Monday,Wed, friday 08:00-18:00 UTC", "Mon,Wed,Fri 08:00-18:00 UTC")]
    [InlineData("Sat-Mon 00:00-24:00 UTC", "Mon,Sat,Sun 00:00-24:00 UTC")]
    [InlineData("Sun-Sat 22:00-00:00 UTC", "Mon-Sun 22:00-24:00 UTC")]
    [InlineData("Mon-Wed,Fri 22:30-06:15 Romance Standard Time", "Mon-Wed,Fri 22:30-06:15 Romance Standard Time")]
    public void A_window_is_written_back_in_one_form_that_reads_the_same(string text, string canonical)
    {
        Assert.Equal(canonical, TimeWindow.Parse(text).ToString());
        Assert.Equal(canonical, TimeWindow.Parse(canonical).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("always")]
    [InlineData("08:00-18:00 UTC")]
    [InlineData("Mon 08:00-18:00")]
    [InlineData("Mon-Fri-Sun 08:00-18:00 UTC")]
    [InlineData("Mon,,Tue 08:00-18:00 UTC")]
    [InlineData("Mo 08:00-18:00 UTC")]
    [InlineData("Mon 08:00 UTC")]
    [InlineData("Mon 08:00-18:00-19:00 UTC")]
    [InlineData("Mon 8-18 UTC")]
    [InlineData("Mon 08:00-24:01 UTC")]
    [InlineData("Mon 08:60-09:00 UTC")]
    [InlineData("Mon 24:00-06:00 UTC")]
    [InlineData("Mon 08:00-08:00 UTC")]
    [InlineData("Mon 00:00-00:00 UTC")]
    [InlineData("Mon 8am-6pm UTC")]
    [InlineData("Mon 08:00-18:00 +01:00")]
    public void What_can_not_be_read_is_refused_with_an_example(string text)
    {
        var e = Assert.Throws<InvalidTimeWindowException>(() => TimeWindow.Parse(text));
        Assert.Equal("InvalidTimeWindow", e.Id);
        Assert.Contains("Mon-Fri 08:00-18:00 Europe/Madrid", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_over_midnight_ends_the_next_morning()
    {
        var nights = TimeWindow.Parse("Mon 22:00-06:00 Europe/Madrid");
        Assert.False(nights.Holds(At("2026-01-05 05:59 +01:00")));
        Assert.False(nights.Holds(At("2026-01-05 21:59 +01:00")));
        Assert.True(nights.Holds(At("2026-01-05 22:00 +01:00")));
        Assert.True(nights.Holds(At("2026-01-06 05:59 +01:00")));
        Assert.False(nights.Holds(At("2026-01-06 06:00 +01:00")));
        Assert.False(nights.Holds(At("2026-01-06 22:00 +01:00")));
    }

    [Fact]
    public void A_window_over_midnight_on_Sunday_ends_on_Monday()
    {
        var night = TimeWindow.Parse("Sun 23:00-01:00 UTC");
        Assert.True(night.Holds(At("2026-01-05 00:59 +00:00")));
        Assert.False(night.Holds(At("2026-01-05 01:00 +00:00")));
        Assert.False(night.Holds(At("2026-01-04 00:30 +00:00")));
    }

    [Fact]
    public void The_first_minute_is_in_the_window_and_the_last_is_not()
    {
        var office = TimeWindow.Parse("Mon-Fri 08:00-18:00 Europe/Madrid");
        Assert.False(office.Holds(At("2026-01-05 07:59:59.999 +01:00")));
        Assert.True(office.Holds(At("2026-01-05 08:00 +01:00")));
        Assert.True(office.Holds(At("2026-01-05 17:59:59.999 +01:00")));
        Assert.False(office.Holds(At("2026-01-05 18:00 +01:00")));
    }

    [Fact]
    public void A_window_follows_the_clock_on_the_wall_into_summer_and_back()
    {
        var office = TimeWindow.Parse("Mon-Fri 08:00-18:00 Europe/Madrid");
        Assert.False(office.Holds(At("2026-01-05 06:30 +00:00")));
        Assert.True(office.Holds(At("2026-07-06 06:30 +00:00")));
    }

    [Fact]
    public void An_hour_that_is_skipped_never_comes()
    {
        // On 2026-03-29 the clocks in Madrid go from 02:00 to 03:00.
        var skipped = TimeWindow.Parse("Sun 02:00-03:00 Europe/Madrid");
        for (DateTimeOffset at = At("2026-03-29 00:00 +00:00"); at < At("2026-03-29 03:00 +00:00"); at = at.AddMinutes(1)) Assert.False(skipped.Holds(at), $"{at:O}");
        Assert.True(skipped.Holds(At("2026-03-22 01:30 +00:00")));
    }

    [Fact]
    public void An_hour_that_is_repeated_counts_both_times()
    {
        // On 2026-10-25 the clocks in Madrid go from 03:00 back to 02:00.
        var repeated = TimeWindow.Parse("Sun 02:00-03:00 Europe/Madrid");
        Assert.False(repeated.Holds(At("2026-10-24 23:59 +00:00")));
        Assert.True(repeated.Holds(At("2026-10-25 00:00 +00:00")));
        Assert.True(repeated.Holds(At("2026-10-25 01:59 +00:00")));
        Assert.False(repeated.Holds(At("2026-10-25 02:00 +00:00")));
    }

    [Theory]
    [InlineData("Europe/Madird", "'Europe/Madrid'")]
    [InlineData("Mars/Olympus", "UTC")]
    [InlineData("localtime", "UTC")]
    [InlineData("right/Europe/Madrid", "'Europe/Madrid'")]
    [InlineData("Europe/../UTC", "UTC")]
    public void A_zone_that_is_none_is_refused_with_a_name_that_is_one(string zone, string told)
    {
        var e = Assert.Throws<UnknownTimeZoneException>(() => TimeWindow.Parse($"Mon 08:00-18:00 {zone}"));
        Assert.Equal("UnknownTimeZone", e.Id);
        Assert.Contains(told, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Europe/Madrid")]
    [InlineData("Romance Standard Time")]
    public void Without_time_zone_data_a_zone_is_an_error_and_UTC_is_not(string zone)
    {
        var bare = new TimeZones(_ => null);
        var e = Assert.Throws<TimeZoneDataMissingException>(() => TimeWindow.Parse($"Mon 08:00-18:00 {zone}", bare));
        Assert.Equal("TimeZoneDataMissing", e.Id);
        Assert.Contains("tzdata", e.Message, StringComparison.Ordinal);
        Assert.True(TimeWindow.Parse("Mon 08:00-18:00 UTC", bare).Holds(At("2026-01-05 08:00 +00:00")));
    }

    [Theory]
    [InlineData("Europe/Paris", "Romance Standard Time")] // Windows' name, on a system that knows IANA's
    [InlineData("Romance Standard Time", "Europe/Madrid")] // and the other way round
    public void A_zone_by_the_other_name_is_found_where_the_system_does_not_convert(string known, string asked)
    {
        TimeZoneInfo madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");
        var zones = new TimeZones(name => name == known ? madrid : null);
        TimeWindow window = TimeWindow.Parse($"Mon 08:00-18:00 {asked}", zones);
        Assert.Equal(asked, window.ZoneName);
        Assert.True(window.Holds(At("2026-07-06 06:00 +00:00")));
    }
}
