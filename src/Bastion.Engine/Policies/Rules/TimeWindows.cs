using System.Text.Json;

namespace Bastion.Policies.Rules;

/// <summary>When: in one of the windows; several add up.</summary>
public sealed class TimeWindows : PolicyRule
{
    internal const string Name = "TimeWindow";

    private TimeWindows(IReadOnlyList<TimeWindow> windows) => Windows = windows;

    /// <inheritdoc/>
    public override string Section => Name;

    /// <summary>The windows; at least one.</summary>
    public IReadOnlyList<TimeWindow> Windows { get; }

    internal static RuleSection Kind { get; } = new(Name, Read);

    /// <summary>Reads windows, e.g. <c>Mon-Fri 08:00-18:00 Europe/Madrid</c>.</summary>
    /// <exception cref="BastionException">One can't be read, its zone is not known, or there is none.</exception>
    public static TimeWindows Parse(IReadOnlyList<string> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        if (windows.Count == 0) throw new EmptyRuleException("The list of time windows", "To allow every time, write 'Mon-Sun 00:00-24:00 UTC'; to close everything, allow no channel (-AllowProtocol with an empty list).");
        return new TimeWindows([.. windows.Select(TimeWindow.Parse).DistinctBy(w => w.ToString(), StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Windows);

    internal override Verdict Decide(AccessAttempt attempt)
    {
        if (Windows.FirstOrDefault(w => w.Holds(attempt.At)) is { } open)
            return Verdict.Of(allowed: true, $"it is {open.ShowClock(attempt.At)} in {open.ZoneName}, within {open}.");
        string clocks = string.Join(", ", Windows.DistinctBy(w => w.ZoneName, StringComparer.Ordinal).Select(w => $"{w.ShowClock(attempt.At)} in {w.ZoneName}"));
        return Verdict.Of(allowed: false, $"it is {clocks}, outside {this}.");
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        StrictJson.WriteTexts(json, "windows", Windows.Select(w => w.ToString()));
        json.WriteEndObject();
    }

    private static TimeWindows Read(JsonElement element) => Parse(StrictJson.Texts(StrictJson.Members(element, "windows"), "windows"));
}
