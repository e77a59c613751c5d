using System.Text.Json;
using Bastion.Policies.Commands;

namespace Bastion.Policies.Rules;

/// <summary>
/// Which commands may run: an allow-list, a deny-list, or both. Every command in a text is decided, inside any construct; what is on the
/// deny-list is denied; where there is an allow-list, so is what is not on it. What hides a command is denied, unless that is allowed.
/// </summary>
public sealed class CommandControl : PolicyRule
{
    internal const string Name = "CommandControl";
    internal const string Unrestricted = "no command is restricted.";

    private CommandControl(IReadOnlyList<CommandPattern>? allow, IReadOnlyList<CommandPattern> deny, bool allowOpaque) => (Allow, Deny, AllowOpaque) = (allow, deny, allowOpaque);

    /// <inheritdoc/>
    public override string Section => Name;

    /// <summary>These only; <see langword="null"/>: all that are not denied.</summary>
    public IReadOnlyList<CommandPattern>? Allow { get; }

    /// <summary>These never. Empty, and no allow-list: the section restricts nothing, and keeps later policies from doing so.</summary>
    public IReadOnlyList<CommandPattern> Deny { get; }

    /// <summary>Whether text may run that hides commands (<c>eval</c>, scripts, interpreters, editors, programs out of variables).</summary>
    public bool AllowOpaque { get; }

    internal static RuleSection Kind { get; } = new(Name, Read);

    private bool RestrictsNothing => Allow is null && Deny.Count == 0;

    /// <summary>Reads the lists.</summary>
    /// <param name="allow">Patterns; <see langword="null"/>: no allow-list.</param>
    /// <param name="deny">Patterns; <see langword="null"/> or empty: none is denied.</param>
    /// <param name="allowOpaque">Whether text may run that hides commands.</param>
    /// <exception cref="BastionException">One can't be read, or the allow-list is empty.</exception>
    public static CommandControl Parse(IReadOnlyList<string>? allow, IReadOnlyList<string>? deny, bool allowOpaque)
    {
        if (allow is { Count: 0 }) throw new EmptyRuleException("The allow-list of commands", "An empty one would let nothing run: close the channels instead (-AllowProtocol), or leave it out to restrict nothing.");
        return new CommandControl(allow?.Select(CommandPattern.Parse).ToList(), [.. (deny ?? []).Select(CommandPattern.Parse)], allowOpaque);
    }

    /// <inheritdoc/>
    public override string ToString() => ((Allow, Deny.Count) switch
    {
        (null, 0) => "all commands",
        (null, _) => $"not the commands {CommandPattern.List(Deny)}",
        (_, 0) => $"only the commands {CommandPattern.List(Allow)}",
        _ => $"only the commands {CommandPattern.List(Allow)}, not {CommandPattern.List(Deny)}",
    }) + (AllowOpaque && !RestrictsNothing ? ", opaque ones allowed" : "");

    internal override Verdict Decide(AccessAttempt attempt) => Decide(attempt, []);

    internal override Verdict Decide(AccessAttempt attempt, IReadOnlyList<PolicyRule> beside)
    {
        if (RestrictsNothing) return Verdict.Of(allowed: true, Unrestricted);
        return WithoutText(attempt) ?? Decide(CommandText.Parse(attempt.Command!, attempt.ValuesUnknown), beside.OfType<CommandApproval>().FirstOrDefault());
    }

    /// <summary>The answer where there is no text to decide on; <see langword="null"/>: there is.</summary>
    internal static Verdict? WithoutText(AccessAttempt attempt)
    {
        if (attempt.Channel is not (ProtocolChannel.SshExec or ProtocolChannel.SshShell)) return Verdict.Of(allowed: true, $"{attempt.Channel} runs no commands.");
        if (attempt.OnWindows) return Verdict.Of(allowed: false, "the asset runs Windows, and commands for Windows can't be read yet, only those for POSIX shells.");
        if (attempt.Command is not null) return null;
        return attempt.Channel == ProtocolChannel.SshShell ? Verdict.Of(allowed: true, "the session is checked: every command is decided before it runs.")
            : Verdict.Of(allowed: false, "commands are decided one by one, and none was named (-Command).");
    }

    /// <summary>Whether a command is surely on the allow-list.</summary>
    internal bool Lists(SimpleCommand command) => Allow?.Any(pattern => pattern.SurelyMeans(command)) == true;

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Allow is not null) StrictJson.WriteTexts(json, "allow", Allow.Select(p => p.Text));
        StrictJson.WriteTexts(json, "deny", Deny.Select(p => p.Text));
        json.WriteBoolean("allowOpaque", AllowOpaque);
        json.WriteEndObject();
    }

    private static CommandControl Read(JsonElement element)
    {
        IReadOnlyDictionary<string, JsonElement> members = StrictJson.Members(element, "allow", "deny", "allowOpaque");
        return Parse(StrictJson.TextsOrNull(members, "allow"), StrictJson.Texts(members, "deny"), StrictJson.Flag(members, "allowOpaque"));
    }

    private Verdict Decide(CommandText text, CommandApproval? approval)
    {
        string? unsure = text.IsOpaque ? $"not every command in it can be seen: {text.Opaque[0]}." : null;
        foreach (SimpleCommand command in text.Commands)
        {
            foreach (CommandPattern pattern in Deny)
            {
                bool? means = pattern.Means(command);
                if (means == true) return Verdict.Of(allowed: false, $"the command '{Show(command)}' is on the deny-list ({pattern}).");
                if (means is null) unsure ??= $"the command '{Show(command)}' could be on the deny-list ({pattern}): not all its arguments are known before it runs.";
            }

            // What its own approval list has, that list decides.
            if (Allow is not null && !Lists(command) && approval?.Covers(command) != true)
                return Verdict.Of(allowed: false, $"the command '{Show(command)}' is not on the allow-list ({CommandPattern.List(Allow)}).");
        }

        if (unsure is null) return Verdict.Of(allowed: true, $"{(text.Commands.Count == 1 ? "the command is" : $"all {text.Commands.Count} commands are")} allowed.");
        return AllowOpaque ? Verdict.Of(allowed: true, $"opaque commands are allowed, and {unsure}")
            : Verdict.Of(allowed: false, $"{unsure} Write it so that it can be, or let an administrator allow opaque commands (-AllowOpaque).");
    }

    internal static string Show(SimpleCommand command)
    {
        string text = command.ToString();
        return Printable.Escape(text.Length > 120 ? text[..120] + "…" : text);
    }
}
