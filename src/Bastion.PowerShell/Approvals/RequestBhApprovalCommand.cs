using System.Management.Automation;
using Bastion.Approvals;
using Bastion.Assets;
using Bastion.Policies;
using Bastion.PowerShell.Assets;
using Bastion.PowerShell.Policies;
using Bastion.PowerShell.Users;
using Bastion.Sessions;
using Bastion.Users;

namespace Bastion.PowerShell.Approvals;

/// <summary>Asks for the approval of sessions ahead of their time.</summary>
[Cmdlet(VerbsLifecycle.Request, "BhApproval", SupportsShouldProcess = true)]
[OutputType(typeof(ApprovalRequest))]
public sealed class RequestBhApprovalCommand : EngineCommand
{
    /// <summary>Assets by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <summary>Account on the asset; the one that is granted, if it is only one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetAccountNames>]
    public string? Account { get; set; }

    /// <summary>The Bastion user who wants to go there; the one named like you at the operating system, if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserNames>]
    public UserReference? User { get; set; }

    /// <summary>What is to be opened: a shell, if not given; <c>SshExec</c> for Invoke-BhCommand.</summary>
    [Parameter]
    [CompletesName<ChannelNames>]
    public ProtocolChannel Channel { get; set; } = ProtocolChannel.SshShell;

    /// <summary>From when; from the approval on, if not given.</summary>
    [Parameter]
    public DateTimeOffset? From { get; set; }

    /// <summary>Until when; as long as the policy lets it, if not given.</summary>
    [Parameter]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Why.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>For one session only.</summary>
    [Parameter]
    public SwitchParameter Once { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Asset, async reference =>
    {
        Asset asset = Engine.Assets.Resolve(reference);
        if (!await ConfirmAsync(asset.Name, $"Ask for approval of {Channel}")) return;
        Emit(Engine.Sessions.AskApproval(Caller, new SessionRequest
        {
            Asset = new AssetReference(asset),
            Account = Account,
            User = User,
            Approval = new ApprovalWish { Reason = Reason, From = From, Until = Until, Once = Once },
        }, Channel));
    });
}
