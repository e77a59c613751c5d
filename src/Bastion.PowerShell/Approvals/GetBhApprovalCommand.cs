using System.Management.Automation;
using Bastion.Approvals;
using Bastion.PowerShell.Accounts;
using Bastion.PowerShell.Assets;
using Bastion.PowerShell.Users;

namespace Bastion.PowerShell.Approvals;

/// <summary>Lists requests for approval, newest first, and what approvers said to them.</summary>
[Cmdlet(VerbsCommon.Get, "BhApproval", DefaultParameterSetName = Filters)]
[OutputType(typeof(ApprovalRequest))]
public sealed class GetBhApprovalCommand : EngineCommand
{
    private const string Filters = "Filters";
    private const string ById = "ById";

    /// <summary>Ids of requests.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [CompletesName<ApprovalIdNames>]
    public string[] Id { get; set; } = [];

    /// <summary>Only in these states.</summary>
    [Parameter(ParameterSetName = Filters)]
    public ApprovalState[] State { get; set; } = [];

    /// <summary>Only of these users, with wildcards.</summary>
    [Parameter(ParameterSetName = Filters)]
    [CompletesName<UserNames>]
    [SupportsWildcards]
    public string[] User { get; set; } = [];

    /// <summary>Only for these assets, with wildcards.</summary>
    [Parameter(ParameterSetName = Filters)]
    [CompletesName<AssetNames>]
    [SupportsWildcards]
    public string[] Asset { get; set; } = [];

    /// <summary>Only for assets of these accounts.</summary>
    [Parameter(ParameterSetName = Filters)]
    [CompletesName<OwnerAccountIds>]
    public string[] OwnerAccountId { get; set; } = [];

    /// <summary>Only those that wait for approvers.</summary>
    [Parameter(ParameterSetName = Filters)]
    public SwitchParameter Pending { get; set; }

    /// <summary>Only sessions that their own users approved in an emergency.</summary>
    [Parameter(ParameterSetName = Filters)]
    public SwitchParameter BreakGlass { get; set; }

    /// <summary>Only those that you made.</summary>
    [Parameter(ParameterSetName = Filters)]
    public SwitchParameter Mine { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        if (Id.Length == 0)
        {
            Emit(Engine.Approvals.List(Caller, new ApprovalFilter
            {
                States = Pending ? [.. State, ApprovalState.Pending] : State,
                Users = Patterns(User),
                Assets = Patterns(Asset),
                OwnerAccountIds = OwnerAccountId,
                BreakGlass = BreakGlass,
                Mine = Mine,
            }));
            return Task.CompletedTask;
        }

        return ForEachAsync(Id, id => Emit(Engine.Approvals.Get(Caller, id)));
    }
}
