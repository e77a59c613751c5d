using System.Management.Automation;
using Bastion.Audit.Commands;

namespace Bastion.PowerShell.Audit;

/// <summary>Lists the commands that were entered in checked sessions and run by Invoke-BhCommand, newest first, also those that were denied.</summary>
[Cmdlet(VerbsCommon.Get, "BhSessionCommand")]
[OutputType(typeof(SessionCommand))]
public sealed class GetBhSessionCommandCommand : AuditCommand
{
    /// <summary>Only of these sessions.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [CompletesName<SessionIdNames>]
    public string[] SessionId { get; set; } = [];

    /// <summary>Only with these texts, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Command { get; set; } = [];

    /// <summary>Only those that were decided so.</summary>
    [Parameter]
    public CommandDecision[] Decision { get; set; } = [];

    /// <summary>Only those entered at or after this time.</summary>
    [Parameter]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only those entered before this time.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        var filter = new SessionCommandFilter
        {
            // Only for its error: no commands and no session are two things.
            SessionIds = [.. SessionId.Select(id => Engine.SessionAudits.Get(id).Id)],
            Commands = Patterns(Command),
            Decisions = Decision,
            Users = Patterns(User),
            Assets = Patterns(Asset),
            OwnerAccountIds = OwnerAccountId,
            After = After,
            Before = Before,
        };
        foreach (SessionCommand command in Engine.SessionCommands.List(filter)) Emit(command);
        return Task.CompletedTask;
    }
}
