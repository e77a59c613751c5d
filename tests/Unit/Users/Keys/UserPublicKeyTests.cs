using Bastion.Users;
using Bastion.Users.Keys;

namespace Bastion.Unit.Users.Keys;

public sealed class UserPublicKeyTests : IDisposable
{
    private static readonly UserReference Ana = new("ana");
    private static readonly UserReference Bob = new("bob");
    private readonly TempStore _store = new();
    private readonly SshKeygen _ssh = new();

    public UserPublicKeyTests()
    {
        _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "ana" });
        _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "bob" });
    }

    public void Dispose()
    {
        _ssh.Dispose();
        _store.Dispose();
    }

    private UserPublicKeyService Keys => _store.Engine.UserPublicKeys;

    private string Line() => _ssh.MakePublic("-t", "ed25519");

    [Fact]
    public void Keys_are_added_listed_and_found()
    {
        string line = Line();
        UserPublicKey key = Assert.Single(Keys.Add(TempStore.Admin, Ana, [line]));
        Assert.Equal(_ssh.Read(line).Fingerprint, key.Fingerprint);
        Assert.Equal(("ana", "ssh-ed25519", 256, "ana@laptop", "tester"), (key.User, key.KeyType, key.Bits, key.Comment, key.AddedBy));
        Assert.Equal(line, $"{key.PublicKey} {key.Comment}");
        Assert.Equal(key, Assert.Single(Keys.List(Ana)));
        Assert.Equal(key, Assert.Single(Keys.List(null)));
        Assert.Equal(key, Keys.Find(key.PublicKey));
        Assert.Null(Keys.Find(Line()));
        Assert.Null(Keys.Find("nonsense"));
        Assert.Empty(Keys.List(Bob));
        Assert.Contains(key.Fingerprint, Assert.Single(_store.Events("userkey.added")).Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_keys_is_added_whole_or_not_at_all()
    {
        string file = $"# mine\n\n{Line()}\r\n{Line()}\n";
        Assert.Equal(2, Keys.Add(TempStore.Admin, Ana, [file]).Count);
        Assert.Throws<InvalidPublicKeyException>(() => Keys.Add(TempStore.Admin, Bob, [$"{Line()}\nrubbish here"]));
        Assert.Throws<InvalidPublicKeyException>(() => Keys.Add(TempStore.Admin, Bob, ["# nothing\n"]));
        Assert.Empty(Keys.List(Bob));
    }

    [Fact]
    public void A_key_means_one_user()
    {
        string line = Line();
        Keys.Add(TempStore.Admin, Ana, [line]);
        var taken = Assert.Throws<PublicKeyTakenException>(() => Keys.Add(TempStore.Admin, Bob, [Line(), $"{line} again"]));
        Assert.Contains("'ana'", taken.Message, StringComparison.Ordinal);
        Assert.Empty(Keys.List(Bob));
        Keys.Remove(TempStore.Admin, Ana, taken.Subject!);
        Assert.Equal("bob", Assert.Single(Keys.Add(TempStore.Admin, Bob, [line])).User);
    }

    [Fact]
    public void A_key_that_is_there_stays_and_takes_a_new_comment()
    {
        string line = Line();
        Keys.Add(TempStore.Admin, Ana, [line]);
        Assert.Equal("ana@laptop", Assert.Single(Keys.Add(TempStore.Admin, Ana, [line])).Comment);
        Assert.Equal("work", Assert.Single(Keys.Add(TempStore.Admin, Ana, [line], "work")).Comment);
        Assert.Equal("work", Assert.Single(Keys.List(Ana)).Comment);
        Assert.Single(_store.Events("userkey.added"));
    }

    [Fact]
    public void Only_active_users_are_authorized_by_their_keys()
    {
        Keys.Add(TempStore.Admin, Ana, [Line(), Line()]);
        Assert.Equal(2, Keys.Authorized("ANA").Count);
        Assert.Empty(Keys.Authorized("nobody"));
        _store.Engine.UserLocks.Lock(TempStore.Admin, Ana);
        Assert.Empty(Keys.Authorized("ana"));
        _store.Engine.UserLocks.Unlock(TempStore.Admin, Ana);
        _store.Engine.Users.Change(TempStore.Admin, Ana, new UserChange { ValidUntil = new(true, _store.Clock.GetUtcNow()) });
        Assert.Empty(Keys.Authorized("ana"));
    }

    [Fact]
    public void A_key_is_taken_only_from_who_has_it()
    {
        string fingerprint = Assert.Single(Keys.Add(TempStore.Admin, Ana, [Line()])).Fingerprint;
        Assert.Throws<PublicKeyNotFoundException>(() => Keys.Remove(TempStore.Admin, Bob, fingerprint));
        Assert.Throws<PublicKeyNotFoundException>(() => Keys.Remove(TempStore.Admin, Ana, "SHA256:none"));
        Keys.Remove(TempStore.Admin, Ana, fingerprint);
        Assert.Empty(Keys.List(Ana));
        Assert.Single(_store.Events("userkey.removed"));
    }

    [Fact]
    public void Keys_go_with_their_user()
    {
        string line = Line();
        Keys.Add(TempStore.Admin, Ana, [line]);
        _store.Engine.Users.Remove(TempStore.Admin, Ana);
        Assert.Null(Keys.Find(line));
        Assert.Single(Keys.Add(TempStore.Admin, Bob, [line]));
    }

    [Fact]
    public void Who_is_no_administrator_adds_and_takes_none()
    {
        string fingerprint = Assert.Single(Keys.Add(TempStore.Admin, Ana, [Line()])).Fingerprint;
        Assert.Throws<NotAuthorizedException>(() => Keys.Add(TempStore.Stranger, Ana, [Line()]));
        Assert.Throws<NotAuthorizedException>(() => Keys.Remove(TempStore.Stranger, Ana, fingerprint));
        Assert.Single(Keys.List(Ana));
    }
}
