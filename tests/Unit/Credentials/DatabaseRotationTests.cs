using Bastion.Assets;
using Bastion.Credentials.Rotation;
using Bastion.Credentials.Secrets;

namespace Bastion.Unit.Credentials;

/// <summary>Passwords changed on real databases; what their logs say about it.</summary>
public sealed class DatabaseRotationTests
{
    private const string Old = "Old-secret-7";

    [Theory]
    [InlineData(null)]
    [InlineData(PostgreSqlServer.Admin)]
    public async Task A_password_of_PostgreSQL_is_changed_and_never_reaches_its_log(string? via)
    {
        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync();
        await server.ExecuteAsync($"CREATE ROLE app LOGIN PASSWORD '{Old}'");
        using var world = new RotationWorld(Protocols.PostgreSql, server.Port, Account("app", Old), Account(PostgreSqlServer.Admin, PostgreSqlServer.AdminPassword, privileged: true));
        await ChangesAsync(world, via);
        Assert.Contains("ALTER ROLE \"app\" PASSWORD 'SCRAM-SHA-256$", server.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Secret("password")!, server.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(MariaDbServer.Admin)]
    public async Task A_password_of_MariaDB_is_changed_and_never_reaches_its_log(string? via)
    {
        await using MariaDbServer server = await MariaDbServer.StartAsync();
        await server.ExecuteAsync($"CREATE USER app@'127.%' IDENTIFIED BY '{Old}'");
        using var world = new RotationWorld(Protocols.MySql, server.Port, Account("app", Old), Account(MariaDbServer.Admin, MariaDbServer.AdminPassword, privileged: true));
        await ChangesAsync(world, via);
        Assert.Contains("SET PASSWORD FOR `app`@`127.%`", server.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Secret("password")!, server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_MariaDB_has_twice_is_not_guessed_at()
    {
        await using MariaDbServer server = await MariaDbServer.StartAsync();
        await server.ExecuteAsync($"CREATE USER app@'127.%' IDENTIFIED BY '{Old}'");
        await server.ExecuteAsync($"CREATE USER app@'10.%' IDENTIFIED BY '{Old}'");
        using var world = new RotationWorld(Protocols.MySql, server.Port, Account("app", Old), Account(MariaDbServer.Admin, MariaDbServer.AdminPassword, privileged: true));
        await Assert.ThrowsAsync<SecretChangeRefusedException>(() => world.UpdateAsync(new SecretChangeRequest { Via = MariaDbServer.Admin }));
        Assert.Equal((Old, false), (world.Secret("password"), world.Account().SecretChangeOpen));
    }

    [Theory]
    [InlineData(SecretChangeStep.Sealed)]
    [InlineData(SecretChangeStep.Changed)]
    public async Task Killed_before_and_after_the_database_was_told_the_next_run_settles_it(SecretChangeStep step)
    {
        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync();
        await server.ExecuteAsync($"CREATE ROLE app LOGIN PASSWORD '{Old}'");
        using var world = new RotationWorld(Protocols.PostgreSql, server.Port, Account("app", Old));
        await world.KilledAtAsync(step, SecretKind.Password);
        Assert.Equal(CredentialState.Works, (await world.TestAsync()).State);
        Assert.True((await world.UpdateAsync())!.Resumed);
        Assert.Equal(CredentialState.Works, (await world.TestAsync()).State);
        Assert.NotEqual(Old, world.Secret("password"));
    }

    private static async Task ChangesAsync(RotationWorld world, string? via)
    {
        await world.UpdateAsync(new SecretChangeRequest { Via = via });
        Assert.NotEqual(Old, world.Secret("password"));
        Assert.Equal(CredentialState.Works, (await world.TestAsync()).State);
    }

    private static NewAssetAccount Account(string name, string password, bool privileged = false) => new() { Name = name, Password = password.ToUtf8(), Privileged = privileged };
}
