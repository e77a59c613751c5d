using System.Management.Automation;
using Bastion.Grants;
using Bastion.PowerShell.Accounts;
using Bastion.PowerShell.Users;
using Bastion.Users;

namespace Bastion.PowerShell.Grants;

/// <summary>Lists what users may reach now, by owner account.</summary>
[Cmdlet(VerbsCommon.Get, "BhAuthorizedAsset")]
[OutputType(typeof(AuthorizedAsset))]
public sealed class GetBhAuthorizedAssetCommand : EngineCommand
{
    /// <summary>Users by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <summary>Only assets of these accounts.</summary>
    [Parameter]
    [CompletesName<OwnerAccountIds>]
    public string[] OwnerAccountId { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(User, user =>
    {
        if (Engine.Users.WhyNotActive(user) is { } inactive) Warn($"User '{user}' {inactive} and reaches nothing. Set-BhUser or Unlock-BhUser changes that.");
        Emit(Engine.Grants.AuthorizedAssets(user, OwnerAccountId));
    });
}
