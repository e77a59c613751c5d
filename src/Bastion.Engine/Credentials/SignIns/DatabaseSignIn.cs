using System.Data.Common;

namespace Bastion.Credentials.SignIns;

/// <summary>What signing in has in common, whichever the database.</summary>
internal static class DatabaseSignIn
{
    /// <summary>Opens a connection within the target's time. One that can't be opened is let go.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="tls">Whether the server is the trusted one counts before what it says.</param>
    /// <param name="target">Where, and how long it may take.</param>
    /// <param name="explain">What an error of the driver means.</param>
    /// <param name="stop">Gives up.</param>
    internal static async Task<T> OpenAsync<T>(T connection, TlsKey tls, SignInTarget target, Func<SignInTarget, Exception, Exception> explain, CancellationToken stop)
        where T : DbConnection
    {
        try
        {
            await connection.OpenAsync(stop).WaitAsync(target.Timeout, stop);
            return connection;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await connection.DisposeAsync();
            tls.ThrowIfRefused();
            throw explain(target, e);
        }
    }
}
