namespace Bastion.Store;

internal static class StoreInfoStore
{
    private const string Counts = """
        SELECT (SELECT count(*) FROM member_accounts) AS members, (SELECT count(*) FROM assets) AS assets, (SELECT count(*) FROM users) AS users,
               (SELECT count(*) FROM control_policies) AS policies, (SELECT count(*) FROM sessions) AS sessions
        """;

    internal static StoreInfo Read(Connection connection, string path, string vaultKeyId, bool trustsOnFirstUse) => connection.Query(Counts, row => new StoreInfo
    {
        Path = path,
        SchemaVersion = Migrations.VersionOf(connection),
        TrustsHostKeyOnFirstUse = trustsOnFirstUse,
        VaultKeyId = vaultKeyId,
        MemberAccounts = row.Long("members"),
        Assets = row.Long("assets"),
        Users = row.Long("users"),
        ControlPolicies = row.Long("policies"),
        Sessions = row.Long("sessions"),
    }).Single();
}
