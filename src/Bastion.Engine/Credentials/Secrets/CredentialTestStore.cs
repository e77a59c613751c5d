using Bastion.Store;

namespace Bastion.Credentials.Secrets;

/// <summary>Keeps the last test of each account.</summary>
internal static class CredentialTestStore
{
    private const string Upsert = """
        INSERT INTO credential_tests (account_id, at, state, credential, reason) VALUES ($account, $at, $state, $credential, $reason)
        ON CONFLICT (account_id) DO UPDATE SET at = excluded.at, state = excluded.state, credential = excluded.credential, reason = excluded.reason
        """;

    internal static void Put(Connection connection, long account, CredentialTest test) => connection.Execute(Upsert,
        ("$account", account), ("$at", test.TestedAt), ("$state", test.State), ("$credential", test.Credential), ("$reason", test.Reason));

    /// <summary>Forgets what was found: the credential is another now.</summary>
    internal static void Remove(Connection connection, long account) => connection.Execute("DELETE FROM credential_tests WHERE account_id = $account", ("$account", account));
}
