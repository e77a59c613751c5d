using System.Management.Automation;
using Bastion.Policies;
using Bastion.Policies.Rules;

namespace Bastion.PowerShell.Policies;

/// <summary>A cmdlet that sets the rule sections of control policies.</summary>
public abstract class PolicyRuleCommand : EngineCommand
{
    /// <summary>Channels that are open, e.g. <c>SshShell</c>, <c>Sftp*</c>; all others are closed then. An empty list closes all.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<ChannelNames>]
    [SupportsWildcards]
    public string[] AllowProtocol { get; set; } = [];

    /// <summary>Hours in which access is open, e.g. <c>Mon-Fri 08:00-18:00 Europe/Madrid</c>; several add up. An end before the beginning is on the next morning.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<TimeWindowTexts>]
    public string[] TimeWindow { get; set; } = [];

    /// <summary>Addresses and networks (CIDR) from which access is open; all others are closed then.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] AllowAddress { get; set; } = [];

    /// <summary>Addresses and networks (CIDR) from which access is closed, even if they are among those allowed.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] DenyAddress { get; set; } = [];

    /// <summary>Commands that may run: a program (<c>df</c>), a whole command with wildcards (<c>systemctl status *</c>), a regular expression (<c>/…/</c>); all others are denied then.</summary>
    [Parameter]
    [ValidateNotNull]
    [SupportsWildcards]
    public string[] AllowCommand { get; set; } = [];

    /// <summary>Commands that may not run, even if they are among those allowed.</summary>
    [Parameter]
    [ValidateNotNull]
    [SupportsWildcards]
    public string[] DenyCommand { get; set; } = [];

    /// <summary>Let text run that hides commands, e.g. scripts and <c>eval</c>: what is hidden is not decided.</summary>
    [Parameter]
    public SwitchParameter AllowOpaque { get; set; }

    /// <summary>Kinds of SQL statements that may run, e.g. <c>Select</c>, <c>Explain</c>; statements that do anything else are denied then.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<StatementKindNames>]
    public string[] AllowStatement { get; set; } = [];

    /// <summary>Kinds of SQL statements that may not run, even if they are among those allowed.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<StatementKindNames>]
    public string[] DenyStatement { get; set; } = [];

    /// <summary>Tables that SQL statements may name, e.g. <c>app.*</c>; all others are denied then.</summary>
    [Parameter]
    [ValidateNotNull]
    [SupportsWildcards]
    public string[] AllowTable { get; set; } = [];

    /// <summary>Tables that SQL statements may not name, e.g. <c>hr.salaries</c>; without a schema in any schema.</summary>
    [Parameter]
    [ValidateNotNull]
    [SupportsWildcards]
    public string[] DenyTable { get; set; } = [];

    /// <summary>Let SQL statements run that hide what they do, e.g. procedures and prepared texts: what is hidden is not decided.</summary>
    [Parameter]
    public SwitchParameter AllowOpaqueStatement { get; set; }

    /// <summary>Whether any rule section is given.</summary>
    private protected bool GivesRules => IsGiven(nameof(AllowProtocol)) || IsGiven(nameof(TimeWindow)) || IsGiven(nameof(AllowAddress)) || IsGiven(nameof(DenyAddress)) || GivesCommands || GivesStatements;

    private bool GivesCommands => IsGiven(nameof(AllowCommand)) || IsGiven(nameof(DenyCommand)) || IsGiven(nameof(AllowOpaque));

    private bool GivesStatements => IsGiven(nameof(AllowStatement)) || IsGiven(nameof(DenyStatement)) || IsGiven(nameof(AllowTable)) || IsGiven(nameof(DenyTable)) || IsGiven(nameof(AllowOpaqueStatement));

    /// <summary>The rules with the sections that are given set anew. Of the two lists of a section the one that is not given stays.</summary>
    /// <exception cref="BastionException">A value can't be read.</exception>
    private protected PolicyRules Apply(PolicyRules rules)
    {
        if (IsGiven(nameof(AllowProtocol))) rules = rules.With(ProtocolControl.Of(ProtocolChannels.Parse(AllowProtocol)));
        if (IsGiven(nameof(TimeWindow))) rules = rules.With(TimeWindows.Parse(TimeWindow));
        if (GivesCommands) rules = rules.With(Commands(rules.Get<CommandControl>()));
        if (GivesStatements) rules = rules.With(Statements(rules.Get<StatementControl>()));
        if (!IsGiven(nameof(AllowAddress)) && !IsGiven(nameof(DenyAddress))) return rules;
        SourceAddresses? present = rules.Get<SourceAddresses>();
        return rules.With(SourceAddresses.Parse(
            IsGiven(nameof(AllowAddress)) ? AllowAddress : Texts(present?.Allow),
            IsGiven(nameof(DenyAddress)) ? DenyAddress : Texts(present?.Deny)));
    }

    private CommandControl Commands(CommandControl? present)
    {
        if (present is null && !IsGiven(nameof(AllowCommand)) && !IsGiven(nameof(DenyCommand))) throw new EmptyRuleException("Command control", "-AllowOpaque goes with -AllowCommand or -DenyCommand: name commands too.");
        return CommandControl.Parse(
            IsGiven(nameof(AllowCommand)) ? AllowCommand : present?.Allow?.Select(p => p.Text).ToArray(),
            IsGiven(nameof(DenyCommand)) ? DenyCommand : present?.Deny.Select(p => p.Text).ToArray(),
            IsGiven(nameof(AllowOpaque)) ? AllowOpaque : present?.AllowOpaque == true);
    }

    private StatementControl Statements(StatementControl? present)
    {
        StatementControl made = StatementControl.Parse(
            IsGiven(nameof(AllowStatement)) ? AllowStatement : present?.Allow?.Select(k => k.ToString()).ToArray(),
            IsGiven(nameof(DenyStatement)) ? DenyStatement : present?.Deny.Select(k => k.ToString()).ToArray(),
            IsGiven(nameof(AllowTable)) ? AllowTable : present?.AllowTables?.Select(t => t.Text).ToArray(),
            IsGiven(nameof(DenyTable)) ? DenyTable : present?.DenyTables.Select(t => t.Text).ToArray(),
            IsGiven(nameof(AllowOpaqueStatement)) ? AllowOpaqueStatement : present?.AllowOpaque == true);
        return made is { AllowOpaque: true, Allow: null, AllowTables: null, Deny.Count: 0, DenyTables.Count: 0 } && present is null
            ? throw new EmptyRuleException("Statement control", "-AllowOpaqueStatement goes with -AllowStatement, -DenyStatement, -AllowTable or -DenyTable: name some too.") : made;
    }

    private static string[]? Texts(IReadOnlyList<AddressRange>? ranges) => ranges?.Select(range => range.ToString()).ToArray();
}
