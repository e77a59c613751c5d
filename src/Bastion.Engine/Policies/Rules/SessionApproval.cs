using System.Text.Json;

namespace Bastion.Policies.Rules;

/// <summary>Whether a session needs the yes of others before it opens. It ends when what they approved is over.</summary>
public sealed class SessionApproval : PolicyRule
{
    internal const string Name = "SessionApproval";

    private SessionApproval(ApprovalTerms? terms) => Terms = terms;

    /// <inheritdoc/>
    public override string Section => Name;

    /// <summary>Who has to say yes; <see langword="null"/>: nobody, and the section keeps later policies from asking.</summary>
    public ApprovalTerms? Terms { get; }

    /// <summary>No approval, whatever later policies ask for.</summary>
    public static SessionApproval NotNeeded { get; } = new(null);

    internal override ApprovalTerms? Asks => Terms;

    internal static RuleSection Kind { get; } = new(Name, Read);

    /// <summary>Sessions need approval.</summary>
    /// <exception cref="BastionException">The terms make no sense.</exception>
    public static SessionApproval By(ApprovalTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new SessionApproval(terms.Check());
    }

    /// <inheritdoc/>
    public override string ToString() => Terms is null ? "no approval of sessions" : $"sessions approved by {Terms}";

    internal override Verdict Decide(AccessAttempt attempt) => Terms is null ? Verdict.Of(allowed: true, "no approval is needed.")
        : Verdict.Ask(Terms, $"the session needs approval by {Terms}.");

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("required", Terms is not null);
        if (Terms is not null)
        {
            Terms.Write(json);
            json.WriteBoolean("reason", Terms.RequireReason);
            StrictJson.WriteTexts(json, "breakGlass", Terms.BreakGlass);
        }

        json.WriteEndObject();
    }

    private static SessionApproval Read(JsonElement element)
    {
        IReadOnlyDictionary<string, JsonElement> members = StrictJson.Members(element, "required", "approvers", "approverGroups", "needed", "timeoutMinutes", "lifetimeMinutes", "reason", "breakGlass");
        if (StrictJson.Flag(members, "required"))
            return By(ApprovalTerms.Read(members) with { RequireReason = StrictJson.Flag(members, "reason"), BreakGlass = StrictJson.Texts(members, "breakGlass") });
        return members.Count == 1 ? NotNeeded : throw new FormatException("where 'required' is false there are no other members.");
    }
}
