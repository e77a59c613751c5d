using System.Management.Automation;
using Bastion.Cloud;
using Bastion.Cloud.Connections;
using Bastion.PowerShell.Accounts;

namespace Bastion.PowerShell.Cloud;

/// <summary>Tries the rights that discovery and import need, without changing anything, and says what is missing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "BhCloudPermission")]
[OutputType(typeof(CloudPermission))]
public sealed class TestBhCloudPermissionCommand : CloudCommand
{
    /// <summary>Member accounts to try as well; without any, only the directory's rights are tried.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CompletesName<MemberAccountIds>]
    public string[] OwnerAccountId { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        using OpenCloud cloud = OpenCloud();
        if (OwnerAccountId.Length == 0) await TryAsync(cloud, null, stop);
        await ForEachAsync(OwnerAccountId, id => TryAsync(cloud, id, stop));
    }

    private async Task TryAsync(OpenCloud cloud, string? accountId, CancellationToken stop)
    {
        await foreach (CloudPermission permission in cloud.Inventory.CheckPermissionsAsync(accountId, stop)) Emit(permission);
    }
}
