using Bastion.Credentials.Keys;
using Bastion.Store;

namespace Bastion.Users.Keys;

/// <summary>The public keys with which users sign in.</summary>
public sealed class UserPublicKeyService
{
    private const int LongestComment = 500;
    private readonly EngineContext _context;

    internal UserPublicKeyService(EngineContext context) => _context = context;

    /// <summary>Keys of one user, or of all by user, in the order in which they were added.</summary>
    /// <exception cref="UserNotFoundException">There is no such user.</exception>
    public IReadOnlyList<UserPublicKey> List(UserReference? user) => _context.Database.Read(connection =>
        user is null ? UserPublicKeyStore.All(connection).ToList() : UserPublicKeyStore.OfUser(connection, UserStore.Resolve(connection, user).Id));

    /// <summary>The key that a line means, with its user, whether that user is active or not.</summary>
    /// <param name="publicKey">Type and Base64, as OpenSSH writes them.</param>
    /// <returns><see langword="null"/>: nobody has it, or it is no key.</returns>
    public UserPublicKey? Find(string publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        try
        {
            string fingerprint = Fingerprints.Of(OpenSshPublicKey.Parse(publicKey).Blob);
            return _context.Database.Read(connection => UserPublicKeyStore.Find(connection, fingerprint));
        }
        catch (BastionException e) when (e is InvalidPublicKeyException or WeakPublicKeyException or PrivateKeyGivenException)
        {
            return null;
        }
    }

    /// <summary>The keys with which somebody may sign in under a name now; none, if there is no such user or it is not active.</summary>
    public IReadOnlyList<UserPublicKey> Authorized(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _context.Database.Read(connection =>
            UserStore.Find(connection, name) is { } user && user.StateAt(_context.Now) == UserState.Active ? UserPublicKeyStore.OfUser(connection, user.Id) : []);
    }

    /// <summary>Adds keys to a user, all or none. One that the user has already stays, with the new comment if one is given.</summary>
    /// <param name="caller">Who adds.</param>
    /// <param name="reference">To whom.</param>
    /// <param name="lines">Keys as OpenSSH writes them, one in a line; empty lines and those that begin with <c>#</c> are passed over.</param>
    /// <param name="comment">Free text; <see langword="null"/>: what stands behind the key.</param>
    /// <exception cref="BastionException">No such user; not a public key; a weak one; another user's. Nothing was changed then.</exception>
    public IReadOnlyList<UserPublicKey> Add(Caller caller, UserReference reference, IReadOnlyList<string> lines, string? comment = null)
    {
        ArgumentNullException.ThrowIfNull(lines);
        OpenSshPublicKey[] keys = [.. lines.SelectMany(text => text.Split('\n')).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(OpenSshPublicKey.Parse)];
        if (keys.Length == 0) throw new InvalidPublicKeyException("there is none in it");
        string? given = CheckComment(comment);
        return _context.Change(caller, change =>
        {
            User user = UserStore.Resolve(change.Connection, reference);
            return keys.Select(key => Add(change, user, key, given)).ToList();
        });
    }

    /// <summary>Takes a key from a user.</summary>
    /// <exception cref="BastionException">No such user or key.</exception>
    public UserPublicKey Remove(Caller caller, UserReference reference, string fingerprint) => _context.Change(caller, change =>
    {
        User user = UserStore.Resolve(change.Connection, reference);
        UserPublicKey key = UserPublicKeyStore.Find(change.Connection, fingerprint) is { } found && found.UserId == user.Id ? found : throw new PublicKeyNotFoundException(user.Name, fingerprint);
        UserPublicKeyStore.Remove(change.Connection, key.Id);
        change.Audit("userkey.removed", user.Name, detail: Describe(key), before: key);
        return key;
    });

    private static UserPublicKey Add(Change change, User user, OpenSshPublicKey key, string? given)
    {
        string fingerprint = Fingerprints.Of(key.Blob);
        string? comment = given ?? CheckComment(key.Comment);
        if (UserPublicKeyStore.Find(change.Connection, fingerprint) is { } present)
        {
            if (present.UserId != user.Id) throw new PublicKeyTakenException(fingerprint, present.User);
            if (given is not null) UserPublicKeyStore.Comment(change.Connection, present.Id, given);
            return present with { Comment = given ?? present.Comment };
        }

        UserPublicKeyStore.Add(change.Connection, user.Id, key, fingerprint, comment, change.Caller.Name, change.Now);
        UserPublicKey added = UserPublicKeyStore.Find(change.Connection, fingerprint)!;
        change.Audit("userkey.added", user.Name, detail: Describe(added), after: added);
        return added;
    }

    private static string Describe(UserPublicKey key) => $"{key.KeyType} {key.Fingerprint}{(key.Comment is null ? "" : $" ({key.Comment})")}";

    private static string? CheckComment(string? comment)
    {
        string safe = Printable.Escape(comment?.Trim());
        return safe.Length == 0 ? null : safe.Length <= LongestComment ? safe : throw new InvalidPublicKeyException($"its comment is longer than {LongestComment} characters");
    }
}
