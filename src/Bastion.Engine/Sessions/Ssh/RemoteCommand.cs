using Bastion.Audit.Recording;

namespace Bastion.Sessions.Ssh;

/// <summary>Runs one command on an asset, without a terminal.</summary>
/// <param name="connection">To the asset.</param>
public sealed class RemoteCommand(SshConnection connection)
{
    // For a command that was told to end: to clean up after TERM, and to be gone after KILL; shorter where the caller wants to be gone himself.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    /// <summary>Runs a command until it ends.</summary>
    /// <param name="request">The command, its input and who takes its output.</param>
    /// <param name="recorder">Takes down output and error output before they are handed on.</param>
    /// <param name="stop">Gives up at once; the command is told to end.</param>
    /// <exception cref="CommandTimeoutException">It ran longer than it may.</exception>
    /// <exception cref="SshConnectionLostException">The connection broke off.</exception>
    /// <exception cref="SshRequestRefusedException">The host does not run it.</exception>
    /// <exception cref="RecordingLostException">The recording can no longer be written.</exception>
    public async Task<RemoteCommandResult> RunAsync(RemoteCommandRequest request, ISessionRecorder recorder, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(recorder);
        using var output = new CommandOutput(request, recorder);
        using SshChannel channel = await connection.OpenChannelAsync(output, stop);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, recorder.Failed);
        bool ended = false;
        try
        {
            ended = !await channel.AskAsync(ChannelRequest.Exec(request.Command), over.Token);
            if (ended) throw new SshRequestRefusedException(connection.AssetName, "to run a command");
            ChannelEnd end = await EndAsync(channel, request.Input, over.Token).WaitAsync(request.Timeout ?? Timeout.InfiniteTimeSpan, over.Token);
            ended = true;
            if (!end.Closed) throw new SshConnectionLostException(connection.AssetName, end.Cause);
            return new RemoteCommandResult { ExitCode = end.ExitCode, ExitSignal = end.ExitSignal };
        }
        catch (TimeoutException)
        {
            output.Dispose();
            ended = true;
            bool gone = await new CommandEnding(connection, channel).EndAsync(Grace, kill: true, stop);
            throw new CommandTimeoutException(connection.AssetName, request.Timeout!.Value, gone);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested && recorder.Failed.IsCancellationRequested)
        {
            throw new RecordingLostException(connection.AssetName, recorder.Failure);
        }
        finally
        {
            await over.CancelAsync();
            output.Dispose();
            if (!ended) await new CommandEnding(connection, channel).EndAsync(Moment, kill: false, CancellationToken.None);
        }
    }

    // Input that can't be read ends the command: it would go on with half of it.
    private static async Task<ChannelEnd> EndAsync(SshChannel channel, Stream? input, CancellationToken over)
    {
        Task<Exception?> feeding = Task.Factory.StartNew(() => Feed(channel, input, over), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAny(channel.Ended, feeding);
        if (!channel.Ended.IsCompleted && await feeding is { } unreadable) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(unreadable);
        return await channel.Ended.WaitAsync(over);
    }

    private static Exception? Feed(SshChannel channel, Stream? input, CancellationToken over)
    {
        try
        {
            byte[] piece = new byte[32 << 10];
            while (input is not null && input.Read(piece) is > 0 and int count)
            {
                if (!channel.Send(piece, count, over)) return null;
            }

            channel.SendEndOfInput();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    /// <summary>Records and hands on.</summary>
    private sealed class CommandOutput(RemoteCommandRequest request, ISessionRecorder recorder) : IChannelOutput, IDisposable
    {
        private bool _closed;

        public void OnOutput(ReadOnlySpan<byte> bytes, bool moreAtOnce) => Take(bytes, request.Output);

        public void OnError(ReadOnlySpan<byte> bytes, bool moreAtOnce) => Take(bytes, request.Error);

        public void Dispose() => Volatile.Write(ref _closed, true);

        private void Take(ReadOnlySpan<byte> bytes, BytesHandler? handler)
        {
            if (Volatile.Read(ref _closed)) return;
            recorder.Output(bytes);
            handler?.Invoke(bytes);
        }
    }
}
