using System.Management.Automation;
using Bastion.Accounts;
using Bastion.Cloud.Connections;
using Bastion.PowerShell.Cloud;

namespace Bastion.PowerShell.Accounts;

/// <summary>Adds member accounts of the directory to the bastion.</summary>
[Cmdlet(VerbsCommon.Add, "BhMemberAccount", SupportsShouldProcess = true)]
[OutputType(typeof(MemberAccount))]
public sealed class AddBhMemberAccountCommand : CloudCommand
{
    /// <summary>Account ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OwnerAccountId")]
    [CompletesName<MemberAccountIds>]
    public string[] Id { get; set; } = [];

    /// <summary>Emit the accounts added.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        using OpenCloud cloud = OpenCloud();
        await ForEachAsync(Id, async id =>
        {
            if (!await ConfirmAsync(id, "Add member account")) return;
            (MemberAccount account, _) = await Engine.Accounts.AddAsync(Caller, cloud.Connection, cloud.Inventory, id, stop);
            if (PassThru) Emit(account);
        });
    }
}
