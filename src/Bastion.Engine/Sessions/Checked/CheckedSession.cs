using Bastion.Sessions.Ssh;
using Bastion.Sessions.Terminals;

namespace Bastion.Sessions.Checked;

/// <summary>What the parts of one checked session share.</summary>
internal sealed class CheckedSession(ICommandGate gate, ICommandLog log, ITerminal terminal, TerminalScreen screen, OutputPump pump, ShellOutput output)
{
    private const byte CtrlC = 3;

    internal ICommandGate Gate => gate;

    internal ICommandLog Log => log;

    /// <summary>Shows a line of the bastion's own.</summary>
    internal void Notice(string text) => screen.Write($"[bastion] {Printable.Escape(text)}\r\n");

    /// <summary>Brings keys to the asset.</summary>
    internal KeyPump Keys(SshChannel channel) => new(terminal, channel, pump);

    /// <summary>A command has ended: all of its output is drawn, and what it did to the terminal undone.</summary>
    internal void CommandDrawn()
    {
        pump.Finish();
        if (!output.HasSequences) return;
        output.HasSequences = false;
        screen.Write(OutputPump.ResetModes);
    }

    /// <summary>Waits for a decision; Ctrl-C gives up. Other keys typed meanwhile are forgotten.</summary>
    internal void WaitFor(Task decision, CancellationTokenSource waiting)
    {
        using var decided = CancellationTokenSource.CreateLinkedTokenSource(waiting.Token);
        _ = decision.ContinueWith(_ => Cancel(decided), TaskScheduler.Default);
        byte[] keys = new byte[256];
        while (!decided.IsCancellationRequested)
        {
            int count = terminal.Read(keys, decided.Token);
            if (count == 0 && !decided.IsCancellationRequested || keys.AsSpan(0, count).Contains(CtrlC)) waiting.Cancel();
        }
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The wait has ended already.
        }
    }
}
