using System.DirectoryServices.Protocols;
using System.Net;
using System.Text;
using Bastion.Users;
using Bastion.Users.Directories;
using Bastion.Users.Import;
using Bastion.Users.SignIn;

namespace Bastion.Unit.Users.Directories;

#pragma warning disable CA1416 // Linux only, as slapd
public sealed class DirectoryTests(Slapd slapd) : IClassFixture<Slapd>, IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    private UserDirectoryService Directories => _store.Engine.UserDirectories;

    private UserDirectory Corp => new() { Name = "corp", Server = "127.0.0.1", Port = slapd.Port, BaseDn = Slapd.Base, BindDn = Slapd.Admin, CertificateFolder = slapd.Trusted };

    private UserDirectory Add(UserDirectory? directory = null, string password = Slapd.AdminPassword) => Directories.Add(TempStore.Admin, directory ?? Corp, Bytes(password));

    private UserImportResult[] Import() => [.. Directories.Users("corp").Select(row => _store.Engine.UserImport.Apply(TempStore.Admin, row))];

    private SignedIn SignIn(string name, string password, string? newPassword = null) =>
        _store.Engine.SignIns.SignIn(TempStore.Stranger, new SignInAttempt { Name = name, Password = Bytes(password), NewPassword = newPassword is null ? null : Bytes(newPassword) });

    private string Fails(string name, string password)
    {
        Assert.Throws<SignInFailedException>(() => SignIn(name, password));
        return _store.Events("signin.failed")[0].Detail!;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void A_directory_is_added_tried_and_removed_and_its_password_is_sealed()
    {
        UserDirectory made = Add();
        Assert.Equal(made, Directories.Resolve("CORP"));
        Assert.Equal(new UserDirectoryTest("corp", true, 3, null), Directories.Test("corp"));
        Assert.Throws<NameTakenException>(() => Add());
        _store.Engine.Dispose();
        Assert.False(_store.Location.HoldsInClear(Slapd.AdminPassword));
        _store.Reopen();
        Directories.Remove(TempStore.Admin, "corp");
        Assert.Equal("DirectoryNotFound", Assert.Throws<UserDirectoryException>(() => Directories.Test("corp")).Id);
        Assert.Equal(0, _store.Engine.Context.Database.Read(connection => connection.Scalar<long>("SELECT count(*) FROM secrets WHERE purpose LIKE 'user-directory/%'")));
    }

    [Fact]
    public void A_server_whose_authority_is_not_trusted_gets_no_password()
    {
        Add(Corp with { CertificateFolder = slapd.Untrusted });
        UserDirectoryTest test = Directories.Test("corp");
        Assert.False(test.IsWorking);
        Assert.Contains("can't be reached", test.Problem, StringComparison.Ordinal);
        Add(Corp with { Name = "by system", CertificateFolder = null });
        Assert.False(Directories.Test("by system").IsWorking);
    }

    [Fact]
    public void A_certificate_for_another_name_is_refused()
    {
        Add(Corp with { Server = "127.0.0.2" });
        Assert.False(Directories.Test("corp").IsWorking);
    }

    [Fact]
    public void What_is_wrong_is_told()
    {
        Add(password: "wrong");
        Assert.Contains("does not take the name and password", Directories.Test("corp").Problem, StringComparison.Ordinal);
        Add(Corp with { Name = "lost", BaseDn = "dc=nowhere,dc=org" });
        Assert.Contains("could not be searched", Directories.Test("lost").Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", Directories.Test("corp").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Users_are_imported_and_a_second_time_nothing_changes()
    {
        Add();
        Assert.Equal(["ana", "bob", "lee"], Import().Select(r => r.User));
        User bob = _store.Engine.Users.Resolve(new("bob"));
        Assert.Equal(("Bob (Ops)*", "bob@example.org", "bob"), (bob.DisplayName, bob.Email, bob.DirectoryName));
        Assert.All(Import(), r => Assert.Equal(UserImportAction.None, r.Action));
        Assert.Equal("DirectoryInUse", Assert.Throws<UserDirectoryException>(() => Directories.Remove(TempStore.Admin, "corp")).Id);
    }

    [Fact]
    public void A_local_user_of_the_same_name_is_not_taken_over()
    {
        Add();
        _store.Engine.Users.Add(TempStore.Admin, new NewUser { Name = "ana", Password = Bytes("Red lantern 7!") });
        Assert.Contains("is here already", Assert.Throws<UserImportException>(() => Import()).Message, StringComparison.Ordinal);
        Assert.Equal("wrong password", Fails("ana", Slapd.Password("ana")));
    }

    [Fact]
    public void A_user_of_a_directory_signs_in_with_the_password_there()
    {
        Add();
        Import();
        Assert.Equal("ana", SignIn("ana", Slapd.Password("ana")).User.Name);
        Assert.Equal("wrong password", Fails("ana", Slapd.Password("bob")));
        Assert.Equal("UserFromDirectory", Assert.Throws<UserFromDirectoryException>(() => SignIn("ana", Slapd.Password("ana"), "Red lantern 7!")).Id);
        Assert.Throws<UserFromDirectoryException>(() => _store.Engine.UserPasswords.Set(TempStore.Admin, new("ana"), Bytes("Red lantern 7!")));
        _store.Engine.UserLocks.Lock(TempStore.Admin, new("ana"));
        Assert.Equal("is locked", Fails("ana", Slapd.Password("ana")));
    }

    [Fact]
    public void An_empty_password_signs_in_nobody_though_the_server_takes_it()
    {
        Add();
        Import();
        using var raw = new LdapConnection(new LdapDirectoryIdentifier("127.0.0.1", slapd.Port)) { AuthType = AuthType.Basic };
        raw.SessionOptions.ProtocolVersion = 3;
        raw.SessionOptions.SecureSocketLayer = true;
        raw.SessionOptions.TrustedCertificatesDirectory = slapd.Trusted;
        raw.SessionOptions.StartNewTlsSessionContext();
        raw.Bind(new NetworkCredential($"uid=ana,{Slapd.Base}", "")); // says yes
        Assert.Equal("wrong password", Fails("ana", ""));
        Assert.Throws<UserDirectoryException>(() => LdapSession.Open(Corp, $"uid=ana,{Slapd.Base}", ""));
    }

    [Fact]
    public void A_rename_here_leads_to_nobody_else_there()
    {
        Add();
        Import();
        _store.Engine.Users.Change(TempStore.Admin, new("ana"), new UserChange { Name = "ana.ruiz" });
        _store.Engine.Users.Change(TempStore.Admin, new("bob"), new UserChange { Name = "ana" });
        Assert.Equal("wrong password", Fails("ana", Slapd.Password("ana")));
        SignIn("ana.ruiz", Slapd.Password("ana"));
        SignIn("ana", Slapd.Password("bob"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("a*")]
    [InlineData("ana)(uid=*")]
    [InlineData("x)(|(uid=ana)")]
    [InlineData("ana\0")]
    [InlineData("\\61na")]
    public void A_name_is_no_more_than_text_in_a_search(string name)
    {
        using LdapSession session = LdapSession.Open(Corp, Slapd.Admin, Slapd.AdminPassword);
        Assert.Empty(session.Find(name));
        Assert.Equal($"uid=ana,{Slapd.Base}", Assert.Single(session.Find("ana")).Dn);
    }

    [Fact]
    public void Wrong_passwords_lock_out_and_a_directory_that_is_not_there_does_not()
    {
        Add(Corp with { Name = "gone" });
        Assert.Equal(3, Directories.Users("gone").Select(row => _store.Engine.UserImport.Apply(TempStore.Admin, row)).Count());
        _store.Engine.Context.Database.Write(connection => connection.Execute("UPDATE user_directories SET port = 1 WHERE name = 'gone'"));
        for (int i = 0; i < 7; i++) Assert.Contains("can't be reached", Fails("lee", Slapd.Password("lee")), StringComparison.Ordinal);
        Assert.Equal(UserState.Active, _store.Engine.Users.Resolve(new("lee")).State);
        _store.Engine.Context.Database.Write(connection => connection.Execute("UPDATE user_directories SET port = $port WHERE name = 'gone'", ("$port", slapd.Port)));
        SignIn("lee", Slapd.Password("lee"));
        for (int i = 0; i < 5; i++) Fails("lee", "wrong");
        Assert.Equal(UserState.LockedOut, _store.Engine.Users.Resolve(new("lee")).State);
    }

    [Theory]
    [InlineData("-Server", "not a host", 636, "(a=b)", "uid")]
    [InlineData("-Port", "host", 0, "(a=b)", "uid")]
    [InlineData("-Filter", "host", 636, "a=b", "uid")]
    [InlineData("An attribute", "host", 636, "(a=b)", "uid)(x")]
    public void What_can_not_be_used_is_refused(string what, string server, int port, string filter, string attribute) => Assert.Equal(what,
        Assert.Throws<UserDirectoryException>(() => Add(Corp with { Server = server, Port = port, Filter = filter, NameAttribute = attribute })).Subject);

    [Fact]
    public void A_name_to_search_with_needs_its_password_and_only_administrators_add_and_remove()
    {
        Assert.Throws<UserDirectoryException>(() => Directories.Add(TempStore.Admin, Corp, null));
        Assert.Throws<UserDirectoryException>(() => Directories.Add(TempStore.Admin, Corp with { BindDn = null }, Bytes("x")));
        Assert.Throws<NotAuthorizedException>(() => Directories.Add(TempStore.Stranger, Corp, Bytes("x")));
        Add();
        Assert.Throws<NotAuthorizedException>(() => Directories.Remove(TempStore.Stranger, "corp"));
    }
}
