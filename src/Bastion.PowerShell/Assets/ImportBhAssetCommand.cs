using System.Management.Automation;
using Bastion.Accounts;
using Bastion.Assets;
using Bastion.Assets.Import;
using Bastion.Cloud;
using Bastion.Cloud.Connections;
using Bastion.PowerShell.Accounts;
using Bastion.PowerShell.Cloud;

namespace Bastion.PowerShell.Assets;

/// <summary>Imports the hosts (ECS) and databases (RDS) of member accounts; run again, it updates them and marks what vanished.</summary>
[Cmdlet(VerbsData.Import, "BhAsset", SupportsShouldProcess = true)]
[OutputType(typeof(AccountImport))]
public sealed class ImportBhAssetCommand : CloudCommand
{
    private readonly List<string> _accounts = [];

    /// <summary>Member accounts; all that were added, if none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CompletesName<MemberAccountIds>]
    public string[] OwnerAccountId { get; set; } = [];

    /// <summary>Only hosts or only databases.</summary>
    [Parameter]
    public AssetKind[] Kind { get; set; } = [AssetKind.Host, AssetKind.Database];

    /// <summary>Only these regions; all, if none is given.</summary>
    [Parameter]
    public string[] Region { get; set; } = [];

    /// <summary>Accounts read at the same time.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 16;

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        _accounts.AddRange(OwnerAccountId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken stop)
    {
        Dictionary<string, MemberAccount> members = Engine.Accounts.List().ToDictionary(m => m.Id, StringComparer.Ordinal);
        var accounts = new List<string>();
        await ForEachAsync(_accounts.Count > 0 ? _accounts.Distinct(StringComparer.Ordinal) : members.Keys, async id =>
        {
            MemberAccount member = members.GetValueOrDefault(id) ?? throw new MemberAccountNotFoundException(id, inDirectory: false);
            if (await ConfirmAsync(member.ToString(), "Import assets")) accounts.Add(id);
        });
        if (accounts.Count == 0) return;

        using OpenCloud cloud = OpenCloud();
        var query = new CloudAssetQuery([.. Kind.Distinct().Select(k => k == AssetKind.Host ? CloudAssetKind.Host : CloudAssetKind.Database)], Region);
        int done = 0;
        await foreach (AccountImport outcome in Engine.Import.ImportAsync(Caller, cloud.Inventory, accounts, query, ThrottleLimit, stop))
        {
            done++;
            Progress("Importing assets", $"{done} of {accounts.Count} accounts", done, accounts.Count);
            if (outcome.Error is { } error) Fail(error, outcome.OwnerAccountId);
            if (outcome.Error is null or CloudRegionsRefusedException) Emit(outcome);
        }
    }
}
