using System.Net.Sockets;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Bastion.Sessions.Ssh;

/// <summary>How far a connection has come.</summary>
internal enum ConnectPhase
{
    Greeting,
    Handshake,
    Logon,
}

/// <summary>One try to connect. When it is stopped it closes the socket, whatever SSH.NET waits for, and wipes the credential when SSH.NET has let go of it.</summary>
internal sealed class ConnectAttempt(SshTarget target, IHostKeyVerifier hostKeys) : IDisposable
{
    private readonly HostKeyCheck _hostKey = new(hostKeys);
    private readonly SendGate _gate = new();
    private Logon? _logon;
    private Session? _session;
    private Socket? _socket;
    private Task<Socket>? _dialling;
    private Task _connecting = Task.CompletedTask;
    private bool _greeted;
    private bool _handedOver;

    private ConnectPhase Phase => _hostKey.Passed ? ConnectPhase.Logon : _greeted ? ConnectPhase.Handshake : ConnectPhase.Greeting;

    /// <summary>Connects.</summary>
    internal async Task<SshConnection> RunAsync(TimeSpan keepAliveEvery, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(target.ConnectTimeout);
        try
        {
            // Side by side: decrypting a key takes its time, as does the network.
            Task preparing = Task.Run(Prepare, CancellationToken.None);
            _dialling = Dial.ConnectAsync(target.Host, target.Port, target.ConnectTimeout, limit.Token);
            _connecting = Task.WhenAll(preparing, _dialling);
            await preparing.WaitAsync(limit.Token);
            _socket = await _dialling;
            _connecting = Task.Run(_session!.Connect, CancellationToken.None);
            await _connecting.WaitAsync(limit.Token);
            // From here on our own limits hold; SSH.NET's would end a send that waits for a slow host.
            _session.ConnectionInfo.Timeout = Timeout.InfiniteTimeSpan;
            _handedOver = true;
            return new SshConnection(_session, _socket, _gate, target.AssetName, keepAliveEvery);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            ConnectPhase reached = Phase;
            stop.ThrowIfCancellationRequested();
            throw SshUnreachableException.TimedOut(target, reached, null);
        }
        catch (Exception e)
        {
            _hostKey.Refusal?.Throw();
            if (ReferenceEquals(Explain(e), e)) throw;
            throw Explain(e);
        }
    }

    /// <summary>Wipes the secrets, and ends a connection that was not handed over.</summary>
    public void Dispose()
    {
        if (!_handedOver) _socket?.Dispose();
        // SSH.NET may be about to sign or to send a password; it finds the socket closed.
        if (_connecting.IsCompleted) LetGo();
        else _ = _connecting.ContinueWith(_ => LetGo(), TaskScheduler.Default);
    }

    private void LetGo()
    {
        _ = _connecting.Exception;
        _logon?.Dispose();
        if (_handedOver) return;
        _session?.Dispose();
        if (_dialling is { IsCompletedSuccessfully: true }) _dialling.Result.Dispose();
    }

    private void Prepare()
    {
        _logon = new Logon(target);
        var info = new ConnectionInfo(target.Host, target.Port, target.Login, _logon.Methods) { Timeout = target.ConnectTimeout };
        SshAlgorithms.Restrict(info, hostKeys.KnownKeyTypes);
        WatchedKeyExchange.WatchAll(info, _gate.OnKeyExchange);
        _session = SshNetSession.Create(info, () => _socket!);
        _session.HostKeyReceived += _hostKey.OnHostKey;
        _session.ServerIdentificationReceived += (_, _) => _greeted = true;
    }

    private Exception Explain(Exception e) => e switch
    {
        BastionException => e,
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => SshUnreachableException.Refused(target, e),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => SshUnreachableException.UnknownName(target, e),
        SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown } => SshUnreachableException.NoRoute(target, e),
        SocketException { SocketErrorCode: SocketError.TimedOut } or SshOperationTimeoutException => SshUnreachableException.TimedOut(target, Phase, e),
        SshAuthenticationException => SshAuthenticationFailedException.NotAccepted(target, _logon!.Tried, Offered(e), e),
        _ when Phase == ConnectPhase.Logon => SshAuthenticationFailedException.Ended(target, e),
        SocketException when _socket is null => SshUnreachableException.Broken(target, e),
        SshException or SocketException when Phase == ConnectPhase.Greeting => SshHandshakeFailedException.NotSsh(target, e),
        SshException or SocketException => SshHandshakeFailedException.NotAgreed(target, e),
        _ => e,
    };

    // When nothing of ours fits, only SSH.NET's text tells what the host takes: "… (publickey,gssapi-with-mic)."
    private string[] Offered(Exception e) => _logon!.Methods.Select(m => m.AllowedAuthentications).FirstOrDefault(allowed => allowed is not null)
        ?? (e.Message.IndexOf('(') is > 0 and int from ? e.Message[(from + 1)..].TrimEnd('.', ')').Split(',') : []);
}
