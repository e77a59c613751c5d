using System.Runtime.InteropServices;

namespace Bastion.Console.Host;

/// <summary>SIGTERM and SIGHUP end the process in order: what waits for its end runs, and the terminal is left as it was found.</summary>
internal sealed class EndSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, 128 + 15)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => End(signal, 128 + 1)),
    ];

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

    private static void End(PosixSignalContext signal, int exitCode)
    {
        signal.Cancel = true;
        try
        {
            // Plain paste, a cursor, no colour; the line settings are put back by .NET on its way out
            if (!global::System.Console.IsOutputRedirected) global::System.Console.Out.WriteLine("\e[?2004l\e[?25h\e[0m");
        }
        catch (IOException)
        {
            // The terminal itself is gone. Thrown on, it would be PowerShell's to show, there.
        }

        Environment.Exit(exitCode);
    }
}
