using System.Net;
using System.Text.Json;

namespace Bastion.Policies.Rules;

/// <summary>From where: an allow-list, a deny-list, or both. What is on the deny-list is denied; where there is an allow-list, so is what is not on it.</summary>
public sealed class SourceAddresses : PolicyRule
{
    internal const string Name = "SourceAddress";

    private SourceAddresses(IReadOnlyList<AddressRange>? allow, IReadOnlyList<AddressRange> deny) => (Allow, Deny) = (allow, deny);

    /// <inheritdoc/>
    public override string Section => Name;

    /// <summary>From here only; <see langword="null"/>: from everywhere that is not denied.</summary>
    public IReadOnlyList<AddressRange>? Allow { get; }

    /// <summary>From here never. Empty, and no allow-list: the section restricts nothing, and keeps later policies from doing so.</summary>
    public IReadOnlyList<AddressRange> Deny { get; }

    internal static RuleSection Kind { get; } = new(Name, Read);

    /// <summary>Reads the lists.</summary>
    /// <param name="allow">Addresses and CIDR ranges; <see langword="null"/>: no allow-list.</param>
    /// <param name="deny">Addresses and CIDR ranges; <see langword="null"/> or empty: none is denied.</param>
    /// <exception cref="BastionException">One can't be read, or the allow-list is empty.</exception>
    public static SourceAddresses Parse(IReadOnlyList<string>? allow, IReadOnlyList<string>? deny)
    {
        if (allow is { Count: 0 }) throw new EmptyRuleException("The allow-list of addresses", "An empty one would let nobody in: close all channels instead (-AllowProtocol with an empty list), or leave it out to restrict nothing.");
        return new SourceAddresses(allow?.Select(AddressRange.Parse).ToList(), [.. (deny ?? []).Select(AddressRange.Parse)]);
    }

    /// <inheritdoc/>
    public override string ToString() => (Allow, Deny.Count) switch
    {
        (null, 0) => "from everywhere",
        (null, _) => $"not from {List(Deny)}",
        (_, 0) => $"from {List(Allow)}",
        _ => $"from {List(Allow)}, not from {List(Deny)}",
    };

    internal override Verdict Decide(AccessAttempt attempt)
    {
        IPAddress source = AddressRange.Plain(attempt.SourceAddress);
        if (Deny.FirstOrDefault(range => range.Contains(source)) is { } denied) return Verdict.Of(allowed: false, $"the source address {source} is on the deny-list ({denied}).");
        if (Allow is null) return Verdict.Of(allowed: true, $"the source address {source} is not on the deny-list.");
        return Allow.FirstOrDefault(range => range.Contains(source)) is { } allowed
            ? Verdict.Of(allowed: true, $"the source address {source} is on the allow-list ({allowed}).")
            : Verdict.Of(allowed: false, $"the source address {source} is not on the allow-list ({List(Allow)}).");
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Allow is not null) StrictJson.WriteTexts(json, "allow", Allow.Select(r => r.ToString()));
        StrictJson.WriteTexts(json, "deny", Deny.Select(r => r.ToString()));
        json.WriteEndObject();
    }

    private static SourceAddresses Read(JsonElement element)
    {
        IReadOnlyDictionary<string, JsonElement> members = StrictJson.Members(element, "allow", "deny");
        return Parse(StrictJson.TextsOrNull(members, "allow"), StrictJson.Texts(members, "deny"));
    }

    // Messages stay readable when lists are long.
    private static string List(IReadOnlyList<AddressRange> ranges) =>
        string.Join(", ", ranges.Take(5)) + (ranges.Count > 5 ? $" and {ranges.Count - 5} more" : "");
}
