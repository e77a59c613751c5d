using System.Text.Json.Serialization;

namespace Bastion.Policies;

/// <summary>What a rule section says. Whatever is not a yes is a no.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SectionOutcome>))]
public enum SectionOutcome
{
    /// <summary>A policy in scope does not allow it.</summary>
    Denied,
    /// <summary>A policy in scope allows it.</summary>
    Allowed,
    /// <summary>No policy in scope sets the section.</summary>
    NotSet,
    /// <summary>A policy in scope allows it with the yes of others, and not without.</summary>
    NeedsApproval,
}

/// <summary>What one rule section says, and which policy decided.</summary>
/// <param name="Section">Name of the section; <c>Rules</c> when a policy can't be read at all.</param>
/// <param name="Outcome">Yes, no, or nothing to say.</param>
/// <param name="Policy">Name of the policy that decided; <see langword="null"/>: none sets the section.</param>
/// <param name="PolicyId">Its id.</param>
/// <param name="Priority">Its priority, 1 first.</param>
/// <param name="Why">The reason, as a sentence.</param>
public sealed record SectionDecision(string Section, SectionOutcome Outcome, string? Policy, long? PolicyId, int? Priority, string Why)
{
    /// <summary>Whose yes the section asks for; <see langword="null"/>: nobody's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ApprovalDemand? Demand { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Policy is null ? $"{Section}: {Why}" : $"{Section}: {Outcome} by '{Policy}' (priority {Priority}): {Why}";
}

/// <summary>What the control policies say to one attempt: the same object drives enforcement, explanation and audit.</summary>
/// <param name="Allowed">Whether every section agrees.</param>
/// <param name="Summary">Why, in one or a few sentences.</param>
/// <param name="Channel">What was to be opened.</param>
/// <param name="SourceAddress">From where.</param>
/// <param name="At">When.</param>
/// <param name="Sections">Every section with the policy that decided it.</param>
public sealed record PolicyDecision(bool Allowed, string Summary, string Channel, string SourceAddress, DateTimeOffset At, IReadOnlyList<SectionDecision> Sections)
{
    /// <summary>Whether it is allowed as soon as others say yes, and not before.</summary>
    public bool NeedsApproval => !Allowed && Sections.Count > 0 && Sections.All(s => s.Outcome is SectionOutcome.Allowed or SectionOutcome.NotSet or SectionOutcome.NeedsApproval);

    internal static PolicyDecision Of(AccessAttempt attempt, IReadOnlyList<SectionDecision> sections)
    {
        bool allowed = Agree(sections);
        return new PolicyDecision(allowed, Summarise(allowed, sections), attempt.Channel.ToString(), attempt.SourceAddress.ToString(), attempt.At, sections);
    }

    /// <summary>The same with other sections.</summary>
    internal PolicyDecision With(IReadOnlyList<SectionDecision> sections)
    {
        bool allowed = Agree(sections);
        return this with { Allowed = allowed, Summary = Summarise(allowed, sections), Sections = sections };
    }

    // Not "none denies": an outcome that is added later is a no here until someone says otherwise.
    private static bool Agree(IReadOnlyList<SectionDecision> sections) => sections.Count > 0 && sections.All(s => s.Outcome is SectionOutcome.Allowed or SectionOutcome.NotSet);

    private static string Summarise(bool allowed, IReadOnlyList<SectionDecision> sections)
    {
        SectionDecision[] asking = [.. sections.Where(s => s.Outcome == SectionOutcome.NeedsApproval)];
        if (!allowed && sections.All(s => s.Outcome is SectionOutcome.Allowed or SectionOutcome.NotSet or SectionOutcome.NeedsApproval))
            return string.Join(' ', asking.Select(s => $"Policy '{s.Policy}' (priority {s.Priority}) wants approval: {s.Why}"));
        if (!allowed)
        {
            return string.Join(' ', sections.Where(s => s.Outcome is not (SectionOutcome.Allowed or SectionOutcome.NotSet or SectionOutcome.NeedsApproval))
                .Select(s => s.Policy is null ? $"Denied: {s.Why}" : $"Policy '{s.Policy}' (priority {s.Priority}) denies it: {s.Why}").Append("Ask an administrator of the bastion."));
        }

        string[] by = [.. sections.Where(s => s.Policy is not null).Select(s => $"{s.Section} by '{s.Policy}'")];
        return by.Length == 0 ? "No policy restricts it." : $"Allowed: {string.Join(", ", by)}.";
    }
}
