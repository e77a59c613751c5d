using System.Management.Automation;
using Bastion.Accounts;

namespace Bastion.PowerShell.Accounts;

/// <summary>Removes member accounts from the bastion; refused while their assets are here, unless they go with them.</summary>
[Cmdlet(VerbsCommon.Remove, "BhMemberAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveBhMemberAccountCommand : EngineCommand
{
    /// <summary>Account ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OwnerAccountId")]
    [CompletesName<MemberAccountIds>]
    public string[] Id { get; set; } = [];

    /// <summary>Remove the account's assets too, with their accounts, secrets and grants.</summary>
    [Parameter]
    public SwitchParameter IncludeAsset { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Id, async id =>
    {
        MemberAccount account = Engine.Accounts.Get(id);
        string what = IncludeAsset && account.Assets > 0 ? $"Remove member account and its {account.Assets} assets" : "Remove member account";
        if (await ConfirmAsync(account.ToString(), what)) Engine.AccountRemoval.Remove(Caller, id, IncludeAsset);
    });
}
