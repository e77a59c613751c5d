using System.Text.Json;

namespace Bastion.Policies.Rules;

/// <summary>Which channels are open: those listed; every other one is closed once the section is set.</summary>
public sealed class ProtocolControl : PolicyRule
{
    internal const string Name = "ProtocolControl";
    private readonly HashSet<ProtocolChannel> _allowed;

    private ProtocolControl(IEnumerable<ProtocolChannel> allowed)
    {
        Allowed = [.. allowed.Distinct().Order()];
        _allowed = [.. Allowed];
    }

    /// <inheritdoc/>
    public override string Section => Name;

    /// <summary>The open channels, in order. None: all are closed.</summary>
    public IReadOnlyList<ProtocolChannel> Allowed { get; }

    internal static RuleSection Kind { get; } = new(Name, Read);

    /// <summary>Opens the channels named, closes all others. No channel at all closes everything.</summary>
    /// <exception cref="BastionException">One is not known, or lives inside one that is missing.</exception>
    public static ProtocolControl Of(IEnumerable<ProtocolChannel> allowed)
    {
        var rule = new ProtocolControl(allowed);
        foreach (ProtocolChannel channel in rule.Allowed)
        {
            if (!Enum.IsDefined(channel)) throw new UnknownChannelException(channel.ToString(), null);
            if (ProtocolChannels.Carrier(channel) is { } carrier && !rule._allowed.Contains(carrier)) throw new ChannelWithoutCarrierException(channel, carrier);
        }

        return rule;
    }

    /// <inheritdoc/>
    public override string ToString() => Allowed.Count == 0 ? "no channel" : string.Join(", ", Allowed);

    internal override Verdict Decide(AccessAttempt attempt)
    {
        // What carries it is asked too: whoever opens an upload and forgot to ask for SFTP as such is stopped here.
        bool open = _allowed.Contains(attempt.Channel) && (ProtocolChannels.Carrier(attempt.Channel) is not { } carrier || _allowed.Contains(carrier));
        return open ? Verdict.Of(allowed: true, $"{attempt.Channel} is open.")
            : Verdict.Of(allowed: false, $"{attempt.Channel} is closed; {(Allowed.Count == 0 ? "no channel is open" : $"open {(Allowed.Count == 1 ? "is" : "are")} {this}")}.");
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        StrictJson.WriteTexts(json, "allow", Allowed.Select(c => c.ToString()));
        json.WriteEndObject();
    }

    private static ProtocolControl Read(JsonElement element) => Of(StrictJson.Texts(StrictJson.Members(element, "allow"), "allow")
        .Select(word => ProtocolChannels.All.Any(c => c.ToString() == word) ? Enum.Parse<ProtocolChannel>(word) : throw new FormatException($"'{word}' is no channel that this version of Bastion knows.")));
}
