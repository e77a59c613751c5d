using Bastion.Assets.Groups;
using Bastion.Users.Groups;

namespace Bastion.Policies;

/// <summary>A group goes, with the grants to it or on it: refused while policies cover it, for what they restrict would open.</summary>
public sealed class GroupRemoval
{
    private readonly EngineContext _context;

    internal GroupRemoval(EngineContext context) => _context = context;

    /// <summary>Removes a group of users; the users stay.</summary>
    /// <exception cref="BastionException">There is none, or a policy covers it. Nothing was changed then.</exception>
    public UserGroup Remove(Caller caller, UserGroupReference reference) => _context.Change(caller, change =>
    {
        UserGroup group = UserGroupStore.Resolve(change.Connection, reference);
        Dictionary<string, object?> before = UserGroupService.Facts(change.Connection, group);
        if (PolicyScopeStore.CoveringUserGroup(change.Connection, group.Id) is { Count: > 0 } policies) throw new GroupInUseException(group.Name, policies);
        UserGroupStore.Remove(change.Connection, group.Id);
        change.Audit("usergroup.removed", group.Name, detail: $"with {group.Users} members", before: before);
        return group;
    });

    /// <summary>Removes a group of assets; the assets stay.</summary>
    /// <exception cref="BastionException">There is none, or a policy covers it. Nothing was changed then.</exception>
    public AssetGroup Remove(Caller caller, AssetGroupReference reference) => _context.ChangeOwned(caller, change =>
    {
        AssetGroup group = AssetGroupStore.Resolve(change.Connection, reference);
        IReadOnlyList<string> owners = AssetGroupService.Authorize(change, group, reference.Name);
        Dictionary<string, object?> before = AssetGroupService.Facts(change.Connection, group);
        if (PolicyScopeStore.CoveringAssetGroup(change.Connection, group.Id) is { Count: > 0 } policies) throw new GroupInUseException(group.Name, policies);
        AssetGroupStore.Remove(change.Connection, group.Id);
        change.Audit("assetgroup.removed", group.Name, OwnerAccounts.Only(owners), $"with {group.Assets} members", before);
        return group;
    });
}

/// <summary>Policies cover the group.</summary>
/// <param name="group">The group.</param>
/// <param name="policies">Their names.</param>
public sealed class GroupInUseException(string group, IReadOnlyList<string> policies) : BastionException("GroupInUse", ErrorKind.Conflict, group,
    $"Group '{group}' is in the scope of {(policies.Count == 1 ? "policy" : "policies")} '{string.Join("', '", policies)}', and what is restricted there would open. Take it out of the scope or remove the policy first.");
