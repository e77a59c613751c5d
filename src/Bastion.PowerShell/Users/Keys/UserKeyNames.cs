using Bastion.Users;
using Bastion.Users.Keys;

namespace Bastion.PowerShell.Users.Keys;

/// <summary>Fingerprints of users' keys: of the user on the command line, else of all.</summary>
public sealed class UserKeyNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound)
    {
        IReadOnlyList<string> users = bound.Texts("User");
        IEnumerable<UserPublicKey> keys = users.Count == 0 ? engine.UserPublicKeys.List(null) : users.SelectMany(user => engine.UserPublicKeys.List(new UserReference(user)));
        return keys.Select(key => new Name(key.Fingerprint, $"{key.User} {key.KeyType} {key.Comment}"));
    }
}
