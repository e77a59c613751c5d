namespace Bastion.PowerShell.Users.Groups;

/// <summary>Names of groups of users.</summary>
public sealed class UserGroupNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => engine.UserGroups.List([])
        .Select(group => new Name(group.Name, $"{group.Users} {(group.Users == 1 ? "user" : "users")}{(group.Comment is null ? "" : $" · {group.Comment}")}"));
}
