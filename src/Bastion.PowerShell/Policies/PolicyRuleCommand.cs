using System.Management.Automation;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.PowerShell.Users;
using Bastion.PowerShell.Users.Groups;
using Bastion.Users;
using Bastion.Users.Groups;

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

    /// <summary>Sessions need the yes of approvers before they open; <c>-RequireApproval:$false</c>: they need none, whatever later policies ask for.</summary>
    [Parameter]
    public SwitchParameter RequireApproval { get; set; }

    /// <summary>Commands that need the yes of approvers before they run, as in -AllowCommand. An empty list: none does, whatever later policies ask for.</summary>
    [Parameter]
    [ValidateNotNull]
    [SupportsWildcards]
    public string[] ApproveCommand { get; set; } = [];

    /// <summary>Users who may approve.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<UserNames>]
    public UserReference[] Approver { get; set; } = [];

    /// <summary>Groups of users whose members may approve.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<UserGroupNames>]
    public UserGroupReference[] ApproverGroup { get; set; } = [];

    /// <summary>How many approvers have to say yes; one, if not given.</summary>
    [Parameter]
    [ValidateRange(1, ApprovalTerms.MostNeeded)]
    public int ApproversNeeded { get; set; } = 1;

    /// <summary>Minutes that a request waits for approvers; 30, if not given.</summary>
    [Parameter]
    [ValidateRange(1, 7 * 24 * 60)]
    public int ApprovalTimeout { get; set; } = 30;

    /// <summary>Minutes that an approval holds; 60, if not given. A session of it ends then.</summary>
    [Parameter]
    [ValidateRange(1, 30 * 24 * 60)]
    public int ApprovalLifetime { get; set; } = 60;

    /// <summary>Who asks for a session has to say why.</summary>
    [Parameter]
    public SwitchParameter RequireReason { get; set; }

    /// <summary>Users who may approve their own session in an emergency. That needs a reason, is marked, and lasts an hour at most.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<UserNames>]
    public UserReference[] BreakGlass { get; set; } = [];

    /// <summary>Whether any rule section is given.</summary>
    private protected bool GivesRules => GivesApproval || IsGiven(nameof(AllowProtocol)) || IsGiven(nameof(TimeWindow)) || IsGiven(nameof(AllowAddress)) || IsGiven(nameof(DenyAddress)) || GivesCommands || GivesStatements;

    private bool GivesApproval => IsGiven(nameof(RequireApproval)) || IsGiven(nameof(ApproveCommand)) || GivesTerms;

    private bool GivesTerms => IsGiven(nameof(Approver)) || IsGiven(nameof(ApproverGroup)) || IsGiven(nameof(ApproversNeeded)) || IsGiven(nameof(ApprovalTimeout))
        || IsGiven(nameof(ApprovalLifetime)) || IsGiven(nameof(RequireReason)) || IsGiven(nameof(BreakGlass));

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
        if (GivesApproval) rules = Approvals(rules);
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

    // What is said of approvers goes to the sections that are named, and to those that are there when none is.
    private PolicyRules Approvals(PolicyRules rules)
    {
        (SessionApproval? sessions, CommandApproval? commands) = (rules.Get<SessionApproval>(), rules.Get<CommandApproval>());
        bool none = !IsGiven(nameof(RequireApproval)) && !IsGiven(nameof(ApproveCommand));
        if (none && sessions?.Terms is null && commands?.Terms is null) throw new EmptyRuleException("Approval", "Say what needs it: -RequireApproval for sessions, -ApproveCommand for commands.");
        if (IsGiven(nameof(RequireApproval)) || (none && sessions?.Terms is not null))
            rules = rules.With(IsGiven(nameof(RequireApproval)) && !RequireApproval ? SessionApproval.NotNeeded : SessionApproval.By(Terms(sessions?.Terms ?? new ApprovalTerms())));
        if (IsGiven(nameof(ApproveCommand)) || (none && commands?.Terms is not null))
            rules = rules.With(CommandApproval.Parse(IsGiven(nameof(ApproveCommand)) ? ApproveCommand : [.. commands!.Commands.Select(p => p.Text)], Terms(commands?.Terms ?? new ApprovalTerms())));
        return rules;
    }

    private ApprovalTerms Terms(ApprovalTerms present) => present with
    {
        Approvers = IsGiven(nameof(Approver)) ? [.. Approver.Select(Name)] : present.Approvers,
        ApproverGroups = IsGiven(nameof(ApproverGroup)) ? [.. ApproverGroup.Select(Name)] : present.ApproverGroups,
        Needed = IsGiven(nameof(ApproversNeeded)) ? ApproversNeeded : present.Needed,
        Timeout = IsGiven(nameof(ApprovalTimeout)) ? TimeSpan.FromMinutes(ApprovalTimeout) : present.Timeout,
        Lifetime = IsGiven(nameof(ApprovalLifetime)) ? TimeSpan.FromMinutes(ApprovalLifetime) : present.Lifetime,
        RequireReason = IsGiven(nameof(RequireReason)) ? RequireReason : present.RequireReason,
        BreakGlass = IsGiven(nameof(BreakGlass)) ? [.. BreakGlass.Select(Name)] : present.BreakGlass,
    };

    // Rules name users and groups as they are called in the store.
    private string Name(UserReference user) => Engine.Users.Resolve(user).Name;

    private string Name(UserGroupReference group) => Engine.UserGroups.Resolve(group).Name;

    private static string[]? Texts(IReadOnlyList<AddressRange>? ranges) => ranges?.Select(range => range.ToString()).ToArray();
}
