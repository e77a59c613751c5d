using System.Net.Sockets;
using Bastion.Credentials.Secrets;
using Npgsql;

namespace Bastion.Credentials.SignIns;

/// <summary>Signs in to PostgreSQL.</summary>
internal static class PostgreSqlSignIn
{
    /// <summary>Opens a connection; encrypted where the server can, and always where it once could. The password itself is never sent.</summary>
    /// <exception cref="BastionException">Not reachable, not the trusted server, or not accepted.</exception>
    internal static async Task<NpgsqlConnection> OpenAsync(SignInTarget target, KeptCredential credential, CancellationToken stop)
    {
        var tls = new TlsKey(target.HostKeys);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = target.Host,
            Port = target.Port,
            Username = target.Account.Name,
            Password = credential.Password ?? "",
            Database = target.Account.Database ?? "postgres",
            SslMode = tls.IsKnown ? SslMode.Require : SslMode.Prefer,
            RequireAuth = "ScramSHA256,MD5",
            Timeout = (int)Math.Ceiling(target.Timeout.TotalSeconds),
            Pooling = false,
            ApplicationName = "bastion",
        };
        var connection = new NpgsqlConnection(settings.ConnectionString)
        {
            SslClientAuthenticationOptionsCallback = options => options.RemoteCertificateValidationCallback = (_, certificate, _, _) => tls.Verify(certificate),
        };
        return await DatabaseSignIn.OpenAsync(connection, tls, target, Explain, stop);
    }

    private static Exception Explain(SignInTarget target, Exception e) => e switch
    {
        TimeoutException or NpgsqlException { InnerException: TimeoutException } => new DatabaseUnreachableException(target),
        PostgresException => new DatabaseSignInFailedException(target, e),
        NpgsqlException { InnerException: SocketException or IOException } or SocketException => new DatabaseUnreachableException(target, e),
        NpgsqlException => new DatabaseSignInFailedException(target, e),
        _ => e,
    };
}
