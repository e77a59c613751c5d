using Bastion.Users;

namespace Bastion.PowerShell.Users;

/// <summary>Names of users.</summary>
public sealed class UserNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => engine.Users.List(new UserFilter()).Select(user => new Name(user.Name, user.DisplayName));
}
