using Bastion.Sessions.Terminals;

namespace Bastion.Sessions.Ssh;

/// <summary>Brings the operator's keys to the asset.</summary>
internal sealed class KeyPump(ITerminal terminal, SshChannel channel, OutputPump output)
{
    private const byte CtrlC = 3;
    private const string Help = "Typed at the start of a line:\r\n  ~.  disconnect\r\n  ~~  one ~ for the asset\r\n  ~?  this help";
    private readonly EscapeKeys _escapes = new();
    private readonly byte[] _keys = new byte[4096];
    private readonly byte[] _passed = new byte[4096 + 1];

    /// <summary>Reads keys until there are no more.</summary>
    /// <returns>Why it ended; <see langword="null"/>: it was stopped, or the channel is closed.</returns>
    internal SessionEnd? Run(CancellationToken stop)
    {
        try
        {
            while (terminal.Read(_keys, stop) is > 0 and int count)
            {
                if (!Pass(_keys.AsSpan(0, count), stop)) return SessionEnd.OperatorDisconnect;
                if (channel.Ended.IsCompleted) return null;
            }

            return stop.IsCancellationRequested ? null : SessionEnd.OperatorDisconnect;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return stop.IsCancellationRequested ? null : SessionEnd.TerminalLost;
        }
    }

    private bool Pass(ReadOnlySpan<byte> keys, CancellationToken stop)
    {
        if (!terminal.IsInteractive)
        {
            keys.CopyTo(_passed);
            Send(keys.Length, stop);
            return true;
        }

        while (!keys.IsEmpty)
        {
            EscapeKeys.Wish wish = _escapes.Read(keys, _passed, out int count, out int used);
            keys = keys[used..];
            Send(count, stop);
            if (wish == EscapeKeys.Wish.Disconnect) return false;
            if (wish == EscapeKeys.Wish.Help) output.Notice("", Help);
        }

        return true;
    }

    private void Send(int count, CancellationToken stop)
    {
        if (_passed.AsSpan(0, count).Contains(CtrlC)) output.OnCtrlC();
        if (count > 0) channel.Send(_passed, count, stop);
    }
}
