using System.Net.Sockets;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Bastion.Sessions.Ssh;

/// <summary>Opens connections to hosts.</summary>
public sealed class SshConnector
{
    /// <summary>How often a silent host is asked whether it is still there; after three questions without an answer the connection counts as lost.</summary>
    internal TimeSpan KeepAliveEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Connects, verifies the host's key and logs on. The target's credential is no longer needed afterwards.</summary>
    /// <param name="target">Where and as whom.</param>
    /// <param name="hostKeys">Asked about the host's key before any secret is sent; what it throws reaches the caller unchanged.</param>
    /// <param name="stop">Gives up at once, in every phase.</param>
    /// <exception cref="SshUnreachableException">No answer: refused, no route, unknown name, or the target's time limit.</exception>
    /// <exception cref="SshHandshakeFailedException">No SSH server, or no common algorithm.</exception>
    /// <exception cref="SshAuthenticationFailedException">Key or password was not accepted.</exception>
    /// <exception cref="PrivateKeyUnusableException">The kept key can't be read.</exception>
    public async Task<SshConnection> ConnectAsync(SshTarget target, IHostKeyVerifier hostKeys, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(hostKeys);
        // On another thread: decrypting a key takes its time, and SSH.NET waits without yielding.
        ConnectAttempt attempt = await Task.Run(() => new ConnectAttempt(target, hostKeys), stop);
        SshClient client = await attempt.RunAsync(stop);
        return new SshConnection(client, attempt.Session!, attempt.Gate, target.AssetName, KeepAliveEvery);
    }
}

/// <summary>How far a connection has come.</summary>
internal enum ConnectPhase
{
    Greeting,
    Handshake,
    Logon,
}

/// <summary>One try to connect. Ends at once when it is stopped, and wipes the credential whenever SSH.NET lets go of it.</summary>
internal sealed class ConnectAttempt : IDisposable
{
    private readonly SshTarget _target;
    private readonly Logon _logon;
    private readonly HostKeyCheck _hostKey;
    private readonly CancellationTokenSource _abandoned = new();
    private readonly CancellationToken _stop;
    private SshClient? _client;
    private bool _greeted;

    internal ConnectAttempt(SshTarget target, IHostKeyVerifier hostKeys)
    {
        _target = target;
        _stop = _abandoned.Token;
        _logon = new Logon(target);
        _hostKey = new HostKeyCheck(hostKeys);
        var info = new ConnectionInfo(target.Host, target.Port, target.Login, _logon.Methods) { Timeout = target.ConnectTimeout };
        SshAlgorithms.Restrict(info, hostKeys.KnownKeyTypes);
        WatchedKeyExchange.WatchAll(info, OnKeyExchange);
        _client = new SshClient(info);
        _client.HostKeyReceived += _hostKey.OnHostKey;
        _client.ServerIdentificationReceived += (_, _) => _greeted = true;
    }

    /// <summary>What all sends of the connection go through.</summary>
    internal SendGate Gate { get; } = new();

    /// <summary>SSH.NET's session, from the first key exchange on.</summary>
    internal Session? Session { get; private set; }

    private ConnectPhase Phase => _hostKey.Passed ? ConnectPhase.Logon : _greeted ? ConnectPhase.Handshake : ConnectPhase.Greeting;

    /// <summary>Connects.</summary>
    internal async Task<SshClient> RunAsync(CancellationToken stop)
    {
        SshClient client = _client!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_target.ConnectTimeout);
        Task connecting = Task.Run(() => client.ConnectAsync(_stop), CancellationToken.None);
        try
        {
            await connecting.WaitAsync(limit.Token);
            // From here on our own limits hold; SSH.NET's would end a send that waits for a slow host.
            client.ConnectionInfo.Timeout = Timeout.InfiniteTimeSpan;
            _client = null;
            Dispose();
            return client;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            ConnectPhase reached = Phase;
            Abandon(connecting);
            stop.ThrowIfCancellationRequested();
            throw SshUnreachableException.TimedOut(_target, reached, null);
        }
        catch (Exception e)
        {
            Abandon(connecting);
            _hostKey.Refusal?.Throw();
            if (Explain(e) is { } known) throw known;
            throw;
        }
    }

    /// <summary>Wipes the secrets, and ends a connection that nobody took. Called by itself when SSH.NET has come to an end.</summary>
    public void Dispose()
    {
        _client?.Dispose();
        _logon.Dispose();
        _abandoned.Dispose();
    }

    private void OnKeyExchange(Session session)
    {
        Session = session;
        Gate.OnKeyExchange();
        // Stopped while the host was silent: end here, before anything secret.
        _stop.ThrowIfCancellationRequested();
    }

    private void Abandon(Task connecting)
    {
        _abandoned.Cancel();
        if (Session is { } session) SshNetSession.Cut(session);
        _ = connecting.ContinueWith(ended =>
        {
            _ = ended.Exception;
            Dispose();
        }, TaskScheduler.Default);
    }

    private BastionException? Explain(Exception e) => e switch
    {
        BastionException known => known,
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => SshUnreachableException.Refused(_target, e),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => SshUnreachableException.UnknownName(_target, e),
        SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown } => SshUnreachableException.NoRoute(_target, e),
        SocketException { SocketErrorCode: SocketError.TimedOut } or SshOperationTimeoutException => SshUnreachableException.TimedOut(_target, Phase, e),
        SshAuthenticationException => SshAuthenticationFailedException.NotAccepted(_target, _logon.Tried, Offered(e), e),
        _ when Phase == ConnectPhase.Logon => SshAuthenticationFailedException.Ended(_target, e),
        SshConnectionException when Phase == ConnectPhase.Greeting => SshHandshakeFailedException.NotSsh(_target, e),
        SocketException when Phase == ConnectPhase.Greeting => SshUnreachableException.Broken(_target, e),
        SshException or SocketException => SshHandshakeFailedException.NotAgreed(_target, e),
        _ => null,
    };

    // When nothing of ours fits, only SSH.NET's text tells what the host takes: "… (publickey,gssapi-with-mic)."
    private string[] Offered(Exception e) => _logon.Methods.Select(m => m.AllowedAuthentications).FirstOrDefault(allowed => allowed is not null)
        ?? (e.Message.IndexOf('(') is > 0 and int from ? e.Message[(from + 1)..].TrimEnd('.', ')').Split(',') : []);
}
