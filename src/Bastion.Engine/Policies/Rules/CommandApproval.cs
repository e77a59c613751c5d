using System.Text.Json;
using Bastion.Policies.Commands;

namespace Bastion.Policies.Rules;

/// <summary>
/// Which commands need the yes of others before they run. In a policy that controls commands too, what its deny-list has is denied, what its
/// allow-list has is allowed, and only then this list is asked. What could hide a listed command needs approval as well.
/// </summary>
public sealed class CommandApproval : PolicyRule
{
    internal const string Name = "CommandApproval";

    private CommandApproval(IReadOnlyList<CommandPattern> commands, ApprovalTerms? terms) => (Commands, Terms) = (commands, terms);

    /// <inheritdoc/>
    public override string Section => Name;

    /// <summary>The commands. None: no command needs approval, whatever later policies ask for.</summary>
    public IReadOnlyList<CommandPattern> Commands { get; }

    /// <summary>Who has to say yes; <see langword="null"/> where no command is listed.</summary>
    public ApprovalTerms? Terms { get; }

    internal override ApprovalTerms? Asks => Terms;

    internal static RuleSection Kind { get; } = new(Name, Read);

    /// <summary>Reads the list.</summary>
    /// <param name="commands">Patterns; none: no command needs approval.</param>
    /// <param name="terms">Who has to say yes; not asked for without commands. A reason and break-glass are for sessions only.</param>
    /// <exception cref="BastionException">A pattern can't be read, or the terms make no sense.</exception>
    public static CommandApproval Parse(IReadOnlyList<string> commands, ApprovalTerms? terms)
    {
        ArgumentNullException.ThrowIfNull(commands);
        if (commands.Count == 0) return new CommandApproval([], null);
        return new CommandApproval([.. commands.Select(CommandPattern.Parse)], (terms ?? new ApprovalTerms()).Check() with { RequireReason = false, BreakGlass = [] });
    }

    /// <inheritdoc/>
    public override string ToString() => Terms is null ? "no approval of commands" : $"the commands {CommandPattern.List(Commands)} approved by {Terms}";

    internal override Verdict Decide(AccessAttempt attempt) => Decide(attempt, []);

    internal override Verdict Decide(AccessAttempt attempt, IReadOnlyList<PolicyRule> beside)
    {
        if (Terms is null) return Verdict.Of(allowed: true, CommandControl.Unrestricted);
        if (CommandControl.WithoutText(attempt) is { } verdict) return verdict;
        CommandText text = CommandText.Parse(attempt.Command!);
        CommandControl? control = beside.OfType<CommandControl>().FirstOrDefault();
        foreach (SimpleCommand command in text.Commands)
        {
            if (control?.Lists(command) == true) continue;
            if (Commands.FirstOrDefault(pattern => pattern.Means(command) != false) is { } asked)
                return Verdict.Ask(Terms, $"the command '{CommandControl.Show(command)}' needs approval ({asked}) by {Terms}.");
        }

        return text.IsOpaque && control?.AllowOpaque != true
            ? Verdict.Ask(Terms, $"not every command in it can be seen ({text.Opaque[0]}), so it needs approval by {Terms}.")
            : Verdict.Of(allowed: true, "no command in it needs approval.");
    }

    /// <summary>Whether a command is surely on the list, and so is let past an allow-list of the same policy to be asked about here.</summary>
    internal bool Covers(SimpleCommand command) => Commands.Any(pattern => pattern.SurelyMeans(command) && pattern.Means(command) != false);

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        StrictJson.WriteTexts(json, "commands", Commands.Select(p => p.Text));
        Terms?.Write(json);
        json.WriteEndObject();
    }

    private static CommandApproval Read(JsonElement element)
    {
        IReadOnlyDictionary<string, JsonElement> members = StrictJson.Members(element, "commands", "approvers", "approverGroups", "needed", "timeoutMinutes", "lifetimeMinutes");
        IReadOnlyList<string> commands = StrictJson.Texts(members, "commands");
        if (commands.Count > 0) return Parse(commands, ApprovalTerms.Read(members));
        return members.Count == 1 ? Parse([], null) : throw new FormatException("where 'commands' is empty there are no other members.");
    }
}
