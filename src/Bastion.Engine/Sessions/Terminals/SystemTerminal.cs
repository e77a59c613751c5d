namespace Bastion.Sessions.Terminals;

/// <summary>The terminal that the process runs in.</summary>
public static class SystemTerminal
{
    /// <summary>Opens it; the result is to be disposed.</summary>
    /// <exception cref="NoTerminalException">Standard input or output is a file, a pipe or nothing.</exception>
    public static ITerminal Open() => OperatingSystem.IsWindows() ? WindowsTerminal.Open() : UnixTerminal.Open(0, 1);
}
