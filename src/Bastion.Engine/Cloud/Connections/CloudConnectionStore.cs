using Bastion.Store;

namespace Bastion.Cloud.Connections;

internal static class CloudConnectionStore
{
    private const string All = "SELECT * FROM cloud_connections ORDER BY name_key";
    private const string ByKey = "SELECT * FROM cloud_connections WHERE name_key = $key";
    private const string Upsert = """
        INSERT INTO cloud_connections (name, name_key, provider, endpoint, role_name, credential_source, profile, access_key_id, account_id, directory_id, management_account_id, connected_at)
        VALUES ($name, $key, $provider, $endpoint, $role, $source, $profile, $accessKey, $account, $directory, $management, $now)
        ON CONFLICT (name_key) DO UPDATE SET
            name = excluded.name, provider = excluded.provider, endpoint = excluded.endpoint, role_name = excluded.role_name, credential_source = excluded.credential_source,
            profile = excluded.profile, access_key_id = excluded.access_key_id, account_id = excluded.account_id, directory_id = excluded.directory_id,
            management_account_id = excluded.management_account_id, connected_at = excluded.connected_at
        RETURNING id
        """;

    internal static IReadOnlyList<CloudConnection> List(Connection connection) => [.. connection.Query(All, Read)];

    internal static CloudConnection? Find(Connection connection, string name) => connection.Query(ByKey, Read, ("$key", Names.Key(name))).FirstOrDefault();

    internal static long Put(Connection connection, CloudConnection cloud) => connection.Scalar<long>(Upsert,
        ("$name", cloud.Name), ("$key", Names.Key(cloud.Name)), ("$provider", cloud.Provider), ("$endpoint", cloud.Endpoint), ("$role", cloud.RoleName),
        ("$source", cloud.CredentialSource), ("$profile", cloud.Profile), ("$accessKey", cloud.AccessKeyId), ("$account", cloud.AccountId),
        ("$directory", cloud.DirectoryId), ("$management", cloud.ManagementAccountId), ("$now", cloud.ConnectedAt));

    internal static long MembersOf(Connection connection, long id) => connection.Scalar<long>("SELECT count(*) FROM member_accounts WHERE cloud_id = $id", ("$id", id));

    internal static void Remove(Connection connection, long id) => connection.Execute("DELETE FROM cloud_connections WHERE id = $id", ("$id", id));

    private static CloudConnection Read(Row row) => new()
    {
        Id = row.Long("id"),
        Name = row.Text("name"),
        Provider = row.Text("provider"),
        Endpoint = row.TextOrNull("endpoint"),
        RoleName = row.Text("role_name"),
        CredentialSource = row.Word<CredentialSource>("credential_source"),
        Profile = row.TextOrNull("profile"),
        AccessKeyId = row.TextOrNull("access_key_id"),
        AccountId = row.Text("account_id"),
        DirectoryId = row.Text("directory_id"),
        ManagementAccountId = row.Text("management_account_id"),
        ConnectedAt = row.Time("connected_at"),
    };
}
