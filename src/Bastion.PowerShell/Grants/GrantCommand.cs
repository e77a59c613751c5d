using System.Management.Automation;
using Bastion.Assets;
using Bastion.Assets.Groups;
using Bastion.Grants;
using Bastion.PowerShell.Assets;
using Bastion.PowerShell.Assets.Groups;
using Bastion.PowerShell.Users;
using Bastion.PowerShell.Users.Groups;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.PowerShell.Grants;

/// <summary>A cmdlet that works on grants: from users or groups of users, to assets or groups of assets.</summary>
public abstract class GrantCommand : EngineCommand
{
    // Not mandatory, each: a grant from the pipeline has one of either two, and nothing in the other.

    /// <summary>Assets by name, instance id or object.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference?[]? Asset { get; set; }

    /// <summary>Users by name or object.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserNames>]
    public UserReference?[]? User { get; set; }

    /// <summary>Groups of assets: all assets in them, later ones too.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetGroupNames>]
    public AssetGroupReference?[]? AssetGroup { get; set; }

    /// <summary>Groups of users: all users in them, later ones too.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserGroupNames>]
    public UserGroupReference?[]? UserGroup { get; set; }

    /// <summary>Works through everybody who is named, with everything that is named.</summary>
    /// <exception cref="BastionException">Nobody or nothing is named.</exception>
    private protected Task ForEachPairAsync(Func<Grantee, GrantTarget, Task> work)
    {
        GrantTarget[] targets = [.. Named(Asset).Select(a => new GrantTarget(a)), .. Named(AssetGroup).Select(g => new GrantTarget(g))];
        Grantee[] grantees = [.. Named(User).Select(u => new Grantee(u)), .. Named(UserGroup).Select(g => new Grantee(g))];
        if (targets.Length == 0) throw new GrantEndMissingException("asset", "-Asset or -AssetGroup");
        if (grantees.Length == 0) throw new GrantEndMissingException("user", "-User or -UserGroup");
        return ForEachAsync(from target in targets from grantee in grantees select (grantee, target), pair => work(pair.grantee, pair.target));
    }
}
