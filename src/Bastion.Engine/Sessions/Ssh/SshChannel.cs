using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Messages;
using Renci.SshNet.Messages.Connection;

namespace Bastion.Sessions.Ssh;

/// <summary>
/// A session channel (RFC 4254) over SSH.NET's transport. SSH.NET's own shells and commands queue output without bound, tell no exit status
/// of a shell and announce a window of 2 GiB; this one hands each packet on as it comes and grants the host no more than <see cref="Window"/>.
/// </summary>
internal sealed class SshChannel : IDisposable
{
    /// <summary>Bytes that the host may send before we have taken them: what can be under way after a Ctrl-C. OpenSSH grants the same.</summary>
    internal const int Window = 2 << 20;

    private const uint LargestPacket = 64 << 10;
    private readonly SshConnection _connection;
    private readonly Session _session;
    private readonly uint _number;
    private readonly IChannelOutput _output;
    private readonly RemoteWindow _sendable = new();
    private readonly ConcurrentQueue<TaskCompletionSource<bool>> _questions = new();
    private readonly object _asking = new();
    private readonly object _sending = new();
    private readonly TaskCompletionSource<uint> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ChannelEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private KeepAlive? _keepAlive;
    private uint _remote;
    private int _largestSend;
    private uint _taken;
    private bool _closeSent;
    private int _disposed;
    private int? _exitCode;
    private string? _exitSignal;

    internal SshChannel(SshConnection connection, uint number, IChannelOutput output)
    {
        (_connection, _session, _number, _output) = (connection, connection.Session, number, output);
        Subscribe();
    }

    /// <summary>Done when the host has closed the channel or the connection is lost, and all that came before was handed on.</summary>
    internal Task<ChannelEnd> Ended => _ended.Task;

    /// <summary>The least time that an answer took: to the host and back.</summary>
    internal TimeSpan RoundTrip { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Whether something came since this was last cleared.</summary>
    internal bool Heard { get; set; }

    /// <summary>Whether the receive thread is held by whoever takes the output; the host can't be heard meanwhile.</summary>
    internal bool Held { get; private set; }

    /// <summary>Bytes of input sent.</summary>
    internal long Sent { get; private set; }

    internal async Task OpenAsync(CancellationToken stop)
    {
        long asked = Stopwatch.GetTimestamp();
        Send(new ChannelOpenMessage(_number, Window, LargestPacket, new SessionChannelOpen()));
        _remote = await _opened.Task.WaitAsync(stop);
        NoteRoundTrip(asked);
    }

    internal void KeepAlive(TimeSpan every) => _keepAlive = new KeepAlive(this, every);

    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="SshConnectionLostException">There will be none.</exception>
    internal async Task<bool> AskAsync(ChannelRequest request, CancellationToken stop)
    {
        long asked = Stopwatch.GetTimestamp();
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool sent;
        lock (_asking)
        {
            _questions.Enqueue(answer);
            sent = Send(new ChannelRequestMessage(_remote, request));
        }

        if (!sent || _ended.Task.IsCompleted) answer.TrySetException(new SshConnectionLostException(_connection.AssetName, null));
        bool yes = await answer.Task.WaitAsync(stop);
        NoteRoundTrip(asked);
        return yes;
    }

    /// <summary>Tells without waiting for an answer.</summary>
    internal void Tell(ChannelRequest request) => Send(new ChannelRequestMessage(_remote, request));

    /// <summary>Sends input; waits while the host takes no more.</summary>
    /// <returns><see langword="false"/> when the channel is closed or <paramref name="stop"/> was cancelled before all was sent.</returns>
    internal bool Send(byte[] bytes, int count, CancellationToken stop)
    {
        for (int sent = 0; sent < count;)
        {
            int piece = _sendable.Take(Math.Min(count - sent, _largestSend), stop);
            if (piece == 0 || !Send(new ChannelDataMessage(_remote, bytes, sent, piece))) return false;
            sent += piece;
            Sent += piece;
        }

        return true;
    }

    /// <summary>No more input comes.</summary>
    internal void SendEndOfInput() => Send(new ChannelEofMessage(_remote));

    /// <summary>Gives the connection up: the host no longer answers.</summary>
    internal void Lose(Exception cause)
    {
        End(closed: false, cause);
        _connection.Cut();
    }

    /// <summary>Closes the channel; does not wait for the host.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _keepAlive?.Dispose();
        Unsubscribe();
        bool lost = _ended.Task is { IsCompletedSuccessfully: true, Result.Closed: false };
        End(closed: true, null);
        if (!lost && _opened.Task.IsCompletedSuccessfully) _ = Task.Run(SendClose);
    }

    private void NoteRoundTrip(long asked)
    {
        TimeSpan took = Stopwatch.GetElapsedTime(asked);
        if (took < RoundTrip) RoundTrip = took;
    }

    private void OnOpened(object? sender, MessageEventArgs<ChannelOpenConfirmationMessage> e)
    {
        if (e.Message.LocalChannelNumber != _number) return;
        _largestSend = (int)Math.Clamp(e.Message.MaximumPacketSize, 1, LargestPacket);
        _sendable.Add(e.Message.InitialWindowSize);
        _opened.TrySetResult(e.Message.RemoteChannelNumber);
    }

    private void OnOpenFailed(object? sender, MessageEventArgs<ChannelOpenFailureMessage> e)
    {
        if (e.Message.LocalChannelNumber == _number) _opened.TrySetException(new SshRequestRefusedException(_connection.AssetName, "a session", e.Message.Description));
    }

    private void OnData(object? sender, MessageEventArgs<ChannelDataMessage> e)
    {
        if (e.Message.LocalChannelNumber == _number) HandOn(e.Message.Data.AsSpan(e.Message.Offset, e.Message.Size), isError: false);
    }

    private void OnExtendedData(object? sender, MessageEventArgs<ChannelExtendedDataMessage> e)
    {
        if (e.Message.LocalChannelNumber == _number) HandOn(e.Message.Data, isError: true);
    }

    private void HandOn(ReadOnlySpan<byte> bytes, bool isError)
    {
        Heard = true;
        Held = true;
        try
        {
            // As much again was received already: a whole message, as good as always. What waits for it waits no longer than it takes to decrypt.
            bool moreAtOnce = _connection.Received >= bytes.Length;
            if (isError) _output.OnError(bytes, moreAtOnce);
            else _output.OnOutput(bytes, moreAtOnce);
        }
        catch (Exception e)
        {
            _ended.TrySetException(e);
        }

        Held = false;
        _taken += (uint)bytes.Length;
        if (_taken < Window / 4) return;
        uint more = _taken;
        _taken = 0;
        SendSoon(new ChannelWindowAdjustMessage(_remote, more));
    }

    private void OnWindow(object? sender, MessageEventArgs<ChannelWindowAdjustMessage> e)
    {
        if (e.Message.LocalChannelNumber != _number) return;
        Heard = true;
        _sendable.Add(e.Message.BytesToAdd);
    }

    private void OnSuccess(object? sender, MessageEventArgs<ChannelSuccessMessage> e)
    {
        if (e.Message.LocalChannelNumber == _number) Answered(true);
    }

    private void OnFailure(object? sender, MessageEventArgs<ChannelFailureMessage> e)
    {
        if (e.Message.LocalChannelNumber == _number) Answered(false);
    }

    private void Answered(bool yes)
    {
        Heard = true;
        if (_questions.TryDequeue(out TaskCompletionSource<bool>? question)) question.TrySetResult(yes);
    }

    private void OnRequest(object? sender, MessageEventArgs<ChannelRequestMessage> e)
    {
        if (e.Message.LocalChannelNumber != _number) return;
        ReadOnlySpan<byte> data = e.Message.RequestData;
        if (e.Message.RequestName == "exit-status") _exitCode = ExitReport.Code(data);
        else if (e.Message.RequestName == "exit-signal") _exitSignal = ExitReport.Signal(data);
        else if (data.Length > 0 && data[0] != 0) SendSoon(new ChannelFailureMessage(_remote));
    }

    private void OnClosed(object? sender, MessageEventArgs<ChannelCloseMessage> e)
    {
        if (e.Message.LocalChannelNumber != _number) return;
        End(closed: true, null);
        _ = Task.Run(SendClose);
    }

    private void OnConnectionError(object? sender, ExceptionEventArgs e) => End(closed: false, e.Exception);

    private void OnDisconnected(object? sender, EventArgs e) => End(closed: false, null);

    private void End(bool closed, Exception? cause)
    {
        // A host that has told the exit and then drops the connection has ended in order, only impolitely.
        bool inOrder = closed || _exitCode is not null || _exitSignal is not null;
        _ended.TrySetResult(new ChannelEnd(inOrder, _exitCode, _exitSignal, cause));
        _sendable.Close();
        if (_opened.Task.IsCompleted && _questions.IsEmpty) return;
        var lost = new SshConnectionLostException(_connection.AssetName, cause);
        _opened.TrySetException(lost);
        while (_questions.TryDequeue(out TaskCompletionSource<bool>? question)) question.TrySetException(lost);
    }

    // On the thread that receives: it must go on receiving whatever happens to what we send, or two full buffers wait for each other.
    // So at once only if nothing is in the way; mostly nothing is, and a thread of the pool costs more than the message.
    private void SendSoon(Message message)
    {
        if (!_connection.CanSendNow || !Monitor.TryEnter(_sending))
        {
            _ = Task.Run(() => Send(message));
            return;
        }

        try
        {
            Send(message);
        }
        finally
        {
            Monitor.Exit(_sending);
        }
    }

    private void SendClose() => Send(new ChannelCloseMessage(_remote));

    private bool Send(Message message)
    {
        try
        {
            // Nothing may follow our close: the host has given the channel's number away by then, and ends the whole connection.
            lock (_sending)
            {
                if (_closeSent) return false;
                _closeSent = message is ChannelCloseMessage;
                _connection.Send(message);
                return true;
            }
        }
        catch (Exception e) when (e is SshException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            End(closed: false, e);
            return false;
        }
    }

    private void Subscribe()
    {
        _session.ChannelOpenConfirmationReceived += OnOpened;
        _session.ChannelOpenFailureReceived += OnOpenFailed;
        _session.ChannelDataReceived += OnData;
        _session.ChannelExtendedDataReceived += OnExtendedData;
        _session.ChannelWindowAdjustReceived += OnWindow;
        _session.ChannelSuccessReceived += OnSuccess;
        _session.ChannelFailureReceived += OnFailure;
        _session.ChannelRequestReceived += OnRequest;
        _session.ChannelCloseReceived += OnClosed;
        _session.ErrorOccured += OnConnectionError;
        _session.Disconnected += OnDisconnected;
    }

    private void Unsubscribe()
    {
        _session.ChannelOpenConfirmationReceived -= OnOpened;
        _session.ChannelOpenFailureReceived -= OnOpenFailed;
        _session.ChannelDataReceived -= OnData;
        _session.ChannelExtendedDataReceived -= OnExtendedData;
        _session.ChannelWindowAdjustReceived -= OnWindow;
        _session.ChannelSuccessReceived -= OnSuccess;
        _session.ChannelFailureReceived -= OnFailure;
        _session.ChannelRequestReceived -= OnRequest;
        _session.ChannelCloseReceived -= OnClosed;
        _session.ErrorOccured -= OnConnectionError;
        _session.Disconnected -= OnDisconnected;
    }
}
