using System.Runtime.InteropServices;

namespace Bastion.Console.Host;

/// <summary>Keeps the terminal's line settings as they were at start, to put them back after children and raw sessions.</summary>
internal static partial class TerminalMode
{
    private const int StandardInput = 0;
    private const int AfterDrain = 1; // TCSADRAIN, the same on Linux and macOS

    // struct termios is 60 bytes on Linux and 72 on macOS; it is only handed back, never read
    private static readonly byte[]? Original = Read();

    /// <summary>Remembers the settings, once, by being called early.</summary>
    public static void Remember() => _ = Original;

    /// <summary>Puts the settings back, shows the cursor and ends colours.</summary>
    public static void Restore()
    {
        if (Original is null) return;
        _ = SetAttributes(StandardInput, AfterDrain, Original);
    }

    private static byte[]? Read()
    {
        if (OperatingSystem.IsWindows() || !Terminal.System.ReadsKeys) return null;
        byte[] settings = new byte[256];
        return GetAttributes(StandardInput, settings) == 0 ? settings : null;
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetAttributes(int descriptor, byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetAttributes(int descriptor, int when, byte[] settings);
}
