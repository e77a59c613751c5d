using System.Text.Json;

namespace Bastion.Policies.Rules;

/// <summary>One rule section of a policy, as it is set. Immutable.</summary>
/// <remarks>A new section is a class beside this one and its line in <see cref="RuleSections"/>.</remarks>
public abstract class PolicyRule
{
    private protected PolicyRule()
    {
    }

    /// <summary>Name of the section.</summary>
    public abstract string Section { get; }

    /// <summary>Whose yes the section can ask for; <see langword="null"/>: nobody's.</summary>
    internal virtual ApprovalTerms? Asks => null;

    /// <summary>For people, short.</summary>
    public abstract override string ToString();

    internal abstract Verdict Decide(AccessAttempt attempt);

    /// <summary>Decides together with the sections that the same policy decides.</summary>
    internal virtual Verdict Decide(AccessAttempt attempt, IReadOnlyList<PolicyRule> beside) => Decide(attempt);

    /// <summary>Writes the section's value: one JSON object.</summary>
    internal abstract void Write(Utf8JsonWriter json);
}

/// <summary>What one rule section says to an attempt.</summary>
/// <param name="Outcome">Yes or no, or only with the yes of others.</param>
/// <param name="Why">The reason, as a sentence.</param>
/// <param name="Terms">Whose yes is needed.</param>
internal readonly record struct Verdict(SectionOutcome Outcome, string Why, ApprovalTerms? Terms = null)
{
    internal static Verdict Ask(ApprovalTerms terms, string why) => new(SectionOutcome.NeedsApproval, why, terms);

    internal static Verdict Of(bool allowed, string why) => new(allowed ? SectionOutcome.Allowed : SectionOutcome.Denied, why);
}

/// <summary>A kind of rule section.</summary>
/// <param name="Name">Its name: in the store, in decisions, at <c>-Clear</c>.</param>
/// <param name="Read">Reads what <see cref="PolicyRule.Write"/> wrote; throws a <see cref="FormatException"/> or <see cref="BastionException"/> at the slightest doubt.</param>
internal sealed record RuleSection(string Name, Func<JsonElement, PolicyRule> Read);

/// <summary>The rule sections that there are.</summary>
public static class RuleSections
{
    /// <summary>Their names, in the order in which decisions list them.</summary>
    public static IReadOnlyList<string> Names { get; } = [ProtocolControl.Name, TimeWindows.Name, SourceAddresses.Name, CommandControl.Name, StatementControl.Name, SessionApproval.Name, CommandApproval.Name];

    internal static IReadOnlyList<RuleSection> All { get; } = [ProtocolControl.Kind, TimeWindows.Kind, SourceAddresses.Kind, CommandControl.Kind, StatementControl.Kind, SessionApproval.Kind, CommandApproval.Kind];

    /// <summary>The name as we spell it.</summary>
    /// <exception cref="UnknownRuleSectionException">There is no such section.</exception>
    public static string Find(string name) => Names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new UnknownRuleSectionException(name ?? "", string.Join(", ", Names));
}
