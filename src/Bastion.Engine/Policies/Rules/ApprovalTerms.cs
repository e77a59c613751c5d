using System.Globalization;
using System.Text.Json;

namespace Bastion.Policies.Rules;

/// <summary>Who has to say yes, how many, and for how long a question and its answer count. Immutable.</summary>
public sealed record ApprovalTerms
{
    /// <summary>Most approvers that a rule can ask for.</summary>
    public const int MostNeeded = 10;

    /// <summary>Names of users who may say yes.</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];
    /// <summary>Names of groups of users whose members may.</summary>
    public IReadOnlyList<string> ApproverGroups { get; init; } = [];
    /// <summary>How many of them have to, 1 to <see cref="MostNeeded"/>.</summary>
    public int Needed { get; init; } = 1;
    /// <summary>How long a request waits for them, in whole minutes: 1 minute to 7 days.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);
    /// <summary>How long their yes holds, in whole minutes: 1 minute to 30 days. For a command: until it is run.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);
    /// <summary>Whether the requester has to say why.</summary>
    public bool RequireReason { get; init; }
    /// <summary>Names of users who may approve their own session in an emergency.</summary>
    public IReadOnlyList<string> BreakGlass { get; init; } = [];

    /// <summary>For people: who has to say yes.</summary>
    public string Who
    {
        get
        {
            string[] who = [.. Approvers, .. ApproverGroups.Select(g => $"{g} (group)")];
            return Needed == 1 ? string.Join(" or ", who) : $"{Needed} of {string.Join(", ", who)}";
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Who;

    /// <summary>The same, each name once.</summary>
    /// <exception cref="BastionException">It makes no sense.</exception>
    internal ApprovalTerms Check()
    {
        ApprovalTerms terms = this with { Approvers = Once("user", Approvers), ApproverGroups = Once("user group", ApproverGroups), BreakGlass = Once("user", BreakGlass) };
        if (terms.Approvers.Count + terms.ApproverGroups.Count == 0) throw new EmptyRuleException("The list of approvers", "Nobody could say yes. Name users (-Approver) or groups of users (-ApproverGroup).");
        if (Needed is < 1 or > MostNeeded) throw new InvalidApprovalTermsException($"{Needed} approvers can't be asked for: 1 to {MostNeeded} can.");
        if (terms.ApproverGroups.Count == 0 && Needed > terms.Approvers.Count) throw new InvalidApprovalTermsException($"{Needed} approvers are needed, and only {terms.Approvers.Count} named.");
        CheckMinutes("A request waits", Timeout, TimeSpan.FromDays(7));
        CheckMinutes("An approval holds", Lifetime, TimeSpan.FromDays(30));
        return terms;
    }

    internal void Write(Utf8JsonWriter json)
    {
        StrictJson.WriteTexts(json, "approvers", Approvers);
        StrictJson.WriteTexts(json, "approverGroups", ApproverGroups);
        json.WriteNumber("needed", Needed);
        json.WriteNumber("timeoutMinutes", (long)Timeout.TotalMinutes);
        json.WriteNumber("lifetimeMinutes", (long)Lifetime.TotalMinutes);
    }

    internal static ApprovalTerms Read(IReadOnlyDictionary<string, JsonElement> members) => new()
    {
        Approvers = StrictJson.Texts(members, "approvers"),
        ApproverGroups = StrictJson.Texts(members, "approverGroups"),
        Needed = StrictJson.Number(members, "needed"),
        Timeout = TimeSpan.FromMinutes(StrictJson.Number(members, "timeoutMinutes")),
        Lifetime = TimeSpan.FromMinutes(StrictJson.Number(members, "lifetimeMinutes")),
    };

    private static string[] Once(string what, IReadOnlyList<string> names) => [.. names.Select(name => Names.Check(what, name)).DistinctBy(Names.Key, StringComparer.Ordinal)];

    private static void CheckMinutes(string what, TimeSpan time, TimeSpan most)
    {
        if (time < TimeSpan.FromMinutes(1) || time > most || time.Ticks % TimeSpan.TicksPerMinute != 0)
            throw new InvalidApprovalTermsException(string.Create(CultureInfo.InvariantCulture, $"{what} 1 to {most.TotalMinutes} whole minutes, not {time.TotalMinutes}."));
    }
}

/// <summary>An approval rule makes no sense.</summary>
/// <param name="why">What is wrong, as a sentence.</param>
public sealed class InvalidApprovalTermsException(string why) : BastionException("InvalidApprovalTerms", ErrorKind.InvalidInput, "Approval", $"{why} Correct -ApproversNeeded, -ApprovalTimeout or -ApprovalLifetime.");
