using Bastion.Credentials.Secrets;
using MySqlConnector;

namespace Bastion.Credentials.SignIns;

/// <summary>Signs in to MySQL and MariaDB.</summary>
internal static class MySqlSignIn
{
    /// <summary>Opens a connection; encrypted where the server can, and always where it once could.</summary>
    /// <exception cref="BastionException">Not reachable, not the trusted server, or not accepted.</exception>
    internal static async Task<MySqlConnection> OpenAsync(SignInTarget target, KeptCredential credential, CancellationToken stop)
    {
        var tls = new TlsKey(target.HostKeys);
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = target.Host,
            Port = (uint)target.Port,
            UserID = target.Account.Name,
            Password = credential.Password ?? "",
            Database = target.Account.Database ?? "",
            SslMode = tls.IsKnown ? MySqlSslMode.Required : MySqlSslMode.Preferred,
            ConnectionTimeout = (uint)Math.Ceiling(target.Timeout.TotalSeconds),
            Pooling = false,
            AllowLoadLocalInfile = false,
            // Else the at sign in `user`@`host` counts as a parameter's.
            AllowUserVariables = true,
            ApplicationName = "bastion",
        }.ConnectionString)
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) => tls.Verify(certificate),
        };
        return await DatabaseSignIn.OpenAsync(connection, tls, target, Explain, stop);
    }

    private static Exception Explain(SignInTarget target, Exception e) => e switch
    {
        TimeoutException => new DatabaseUnreachableException(target),
        MySqlException { ErrorCode: MySqlErrorCode.UnableToConnectToHost } => new DatabaseUnreachableException(target, e),
        MySqlException => new DatabaseSignInFailedException(target, e),
        _ => e,
    };
}
