using System.Management.Automation;
using Bastion.Audit.Events;
using Bastion.PowerShell.Accounts;

namespace Bastion.PowerShell.Audit;

/// <summary>Lists what was administered, with what it was before and after, and who looked at or exported what; newest first.</summary>
[Cmdlet(VerbsCommon.Get, "BhAuditEvent")]
[OutputType(typeof(AuditEvent))]
public sealed class GetBhAuditEventCommand : EngineCommand
{
    /// <summary>What was done, with wildcards: grant.*, role.granted.</summary>
    [Parameter(Position = 0)]
    [CompletesName<AuditActionNames>]
    [SupportsWildcards]
    public string[] Action { get; set; } = [];

    /// <summary>Who did it, with wildcards. The name is as it was told: root, or root (as ana).</summary>
    [Parameter]
    [SupportsWildcards]
    public new string[] Caller { get; set; } = [];

    /// <summary>To what it was done, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Subject { get; set; } = [];

    /// <summary>Only what concerns assets of these accounts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<OwnerAccountIds>]
    public string[] OwnerAccountId { get; set; } = [];

    /// <summary>Only at or after this time.</summary>
    [Parameter]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only before this time.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        Emit(Engine.AuditEvents.List(new AuditEventFilter
        {
            Actions = Patterns(Action),
            Callers = Patterns(Caller),
            Subjects = Patterns(Subject),
            OwnerAccountIds = OwnerAccountId,
            After = After,
            Before = Before,
        }));
        return Task.CompletedTask;
    }
}

/// <summary>Actions of the newest events.</summary>
public sealed class AuditActionNames : INames
{
    private const int Newest = 5000;

    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => engine.AuditEvents.List(new AuditEventFilter()).Take(Newest)
        .GroupBy(happened => happened.Action, StringComparer.Ordinal).OrderBy(same => same.Key, StringComparer.Ordinal)
        .Select(same => new Name(same.Key, $"last on {same.First().At.LocalDateTime:yyyy-MM-dd HH:mm}, by {same.First().Caller}"));
}
