using System.Runtime.InteropServices;

namespace Bastion.Audit.Replay.Terminals;

/// <summary>
/// Keys from a Unix terminal, one by one and without echo, until disposed. .NET's Console changes the settings for the time of each call only,
/// so keys pressed in between would be echoed into the replay.
/// </summary>
internal sealed partial class RawInput : IDisposable
{
    private const int StandardInput = 0;
    private const int AfterDrain = 1; // TCSADRAIN, on Linux and macOS
    private const short Readable = 1; // POLLIN, on both too

    // struct termios takes 60 bytes on Linux and 72 on macOS; the C library fills and changes it
    private readonly byte[] _original = new byte[256];
    private readonly byte[] _bytes = new byte[64];
    private int _length;

    private RawInput()
    {
    }

    /// <summary><see langword="null"/> when standard input is no terminal.</summary>
    internal static RawInput? TryBegin()
    {
        var input = new RawInput();
        if (GetAttributes(StandardInput, input._original) != 0) return null;
        byte[] raw = [.. input._original];
        MakeRaw(raw);
        return SetAttributes(StandardInput, AfterDrain, raw) == 0 ? input : null;
    }

    /// <summary>Waits for a key; the end of input quits.</summary>
    internal ReplayKey Read(TimeSpan limit)
    {
        if (_length == 0)
        {
            var wanted = new Poll { Descriptor = StandardInput, Events = Readable };
            if (WaitFor(ref wanted, 1, (int)Math.Ceiling(limit.TotalMilliseconds)) <= 0) return ReplayKey.None;
            nint read = ReadBytes(StandardInput, _bytes, _bytes.Length);
            if (read <= 0) return ReplayKey.Quit;
            _length = (int)read;
        }

        (ReplayKey key, int taken) = KeyBytes.First(_bytes.AsSpan(0, _length));
        _bytes.AsSpan(taken, _length - taken).CopyTo(_bytes);
        _length -= taken;
        return key;
    }

    public void Dispose() => _ = SetAttributes(StandardInput, AfterDrain, _original);

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetAttributes(int descriptor, byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetAttributes(int descriptor, int when, byte[] settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(byte[] settings);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int WaitFor(ref Poll descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint ReadBytes(int descriptor, [Out] byte[] bytes, nint count);

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
