namespace Bastion.Sessions.Ssh;

/// <summary>
/// Ends a command that runs without a terminal: it outlives its channel and its connection otherwise. Asks the host to signal it; where the host
/// refuses (OpenSSH does for root), a second channel signals what the connection's sshd has started.
/// </summary>
internal sealed class CommandEnding(SshConnection connection, SshChannel channel)
{
    // Each command leads a process group of its own; this one is spared.
    private const string Sweep = "ps -A -o pid= -o ppid= | while read p q; do [ \"$q\" = \"$PPID\" ] && [ \"$p\" != \"$$\" ] && kill -{0} -- \"-$p\"; done";

    /// <summary>Sends TERM and, after <paramref name="grace"/>, KILL.</summary>
    /// <param name="grace">How long to wait after each.</param>
    /// <param name="kill">Whether to go as far as KILL.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Whether the command is known to have ended.</returns>
    internal async Task<bool> EndAsync(TimeSpan grace, bool kill, CancellationToken stop)
    {
        foreach (string signal in kill ? (string[])["TERM", "KILL"] : ["TERM"])
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(grace);
            try
            {
                // Apart: a send into a network that takes nothing more is not waited for.
                await Task.Run(() => SignalAsync(signal, patience.Token), CancellationToken.None).WaitAsync(patience.Token);
                await channel.Ended.WaitAsync(patience.Token);
            }
            catch (Exception)
            {
                // Not told, not gone in time, or the connection is gone: whether it has ended is all that counts here.
            }

            if (channel.Ended.IsCompleted) return true;
        }

        return false;
    }

    private async Task SignalAsync(string signal, CancellationToken patience)
    {
        if (await channel.AskAsync(ChannelRequest.Signal(signal), patience)) return;
        using SshChannel sweeper = await connection.OpenChannelAsync(new Nowhere(), patience);
        await sweeper.AskAsync(ChannelRequest.Exec(Sweep.Replace("{0}", signal, StringComparison.Ordinal)), patience);
        await sweeper.Ended.WaitAsync(patience);
    }

    private sealed class Nowhere : IChannelOutput
    {
        public void OnOutput(ReadOnlySpan<byte> bytes, bool moreAtOnce)
        {
        }

        public void OnError(ReadOnlySpan<byte> bytes, bool moreAtOnce)
        {
        }
    }
}
