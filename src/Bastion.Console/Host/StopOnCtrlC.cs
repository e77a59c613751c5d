namespace Bastion.Console.Host;

/// <summary>While it lives, Ctrl-C stops the running pipeline and never ends the process.</summary>
internal sealed class StopOnCtrlC : IDisposable
{
    private readonly ShellSession _session;

    public StopOnCtrlC(ShellSession session)
    {
        _session = session;
        global::System.Console.CancelKeyPress += OnCancel;
    }

    /// <inheritdoc/>
    public void Dispose() => global::System.Console.CancelKeyPress -= OnCancel;

    private void OnCancel(object? sender, ConsoleCancelEventArgs e)
    {
        e.Cancel = true;
        _session.Stop();
    }
}
