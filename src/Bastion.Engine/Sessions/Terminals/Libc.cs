using System.Runtime.InteropServices;

namespace Bastion.Sessions.Terminals;

/// <summary>Calls of the C library on Linux and macOS, with the constants in which they differ.</summary>
internal static unsafe partial class Libc
{
    internal const int Interrupted = 4;
    internal const short Readable = 1;
    internal const short Writable = 4;

    /// <summary>Enough for every system's <c>struct termios</c> (60 bytes on Linux, 72 on macOS), which is only handed back and forth.</summary>
    internal const int TermiosSize = 256;

    private const int ApplyNow = 0;

    internal static int WouldBlock { get; } = OperatingSystem.IsMacOS() ? 35 : 11;

    private static int WriteOnlyNoWait { get; } = OperatingSystem.IsMacOS() ? 0x1 | 0x4 | 0x20000 | 0x1000000 : 0x1 | 0x800 | 0x100 | 0x80000;

    internal static bool IsTerminal(int descriptor) => isatty(descriptor) == 1;

    internal static bool TryGetAttributes(int descriptor, byte[] attributes)
    {
        fixed (byte* a = attributes) return tcgetattr(descriptor, a) == 0;
    }

    /// <summary>Sets attributes now: waiting for output to drain would wait for ever on a terminal that was stopped with Ctrl-S.</summary>
    internal static bool TrySetAttributes(int descriptor, byte[] attributes)
    {
        fixed (byte* a = attributes) return tcsetattr(descriptor, ApplyNow, a) == 0;
    }

    internal static void MakeRaw(byte[] attributes)
    {
        fixed (byte* a = attributes) cfmakeraw(a);
    }

    internal static nint Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* b = buffer) return read(descriptor, b, (nuint)buffer.Length);
    }

    internal static nint Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* b = bytes) return write(descriptor, b, (nuint)bytes.Length);
    }

    /// <summary>Opens a terminal a second time, so that it can be written without waiting and without a flag that other processes on it would share.</summary>
    /// <returns>-1 where that is not allowed.</returns>
    internal static int OpenAgain(int terminal)
    {
        byte[] name = new byte[1024];
        fixed (byte* n = name) return ttyname_r(terminal, n, (nuint)name.Length) == 0 ? open(n, WriteOnlyNoWait) : -1;
    }

    internal static void Close(int descriptor) => _ = close(descriptor);

    /// <summary>Columns and rows; 0 where they are not known.</summary>
    internal static (int Columns, int Rows) SizeOf(int terminal)
    {
        ushort* size = stackalloc ushort[4];
        // A call with a variable argument list: on macOS/arm64 such arguments go on the stack, behind eight that go into registers.
        int result = !OperatingSystem.IsMacOS() ? ioctl(terminal, 0x5413, size)
            : RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? ioctlOnStack(terminal, 0x40087468, 0, 0, 0, 0, 0, 0, size)
            : ioctl(terminal, 0x40087468, size);
        return result == 0 ? (size[1], size[0]) : (0, 0);
    }

    /// <summary>Waits until a descriptor is ready or the bell rings.</summary>
    internal static void WaitFor(int descriptor, short what, int bell)
    {
        if (OperatingSystem.IsMacOS()) SelectFor(descriptor, what, bell);
        else
        {
            PollEntry* entries = stackalloc PollEntry[2] { new() { Descriptor = descriptor, Wanted = what }, new() { Descriptor = bell, Wanted = Readable } };
            _ = poll(entries, 2, -1);
        }
    }

    /// <summary>Makes a pipe that children don't inherit, where that is possible in one step.</summary>
    internal static (int Read, int Write) Pipe()
    {
        int* ends = stackalloc int[2];
        int result = OperatingSystem.IsMacOS() ? pipe(ends) : pipe2(ends, 0x80000);
        return result == 0 ? (ends[0], ends[1]) : throw new IOException($"No pipe could be made (error {Marshal.GetLastPInvokeError()}).");
    }

    // poll on macOS does not know terminals.
    private static void SelectFor(int descriptor, short what, int bell)
    {
        uint* read = stackalloc uint[32];
        uint* write = stackalloc uint[32];
        new Span<uint>(read, 32).Clear();
        new Span<uint>(write, 32).Clear();
        (what == Readable ? read : write)[descriptor / 32] |= 1u << (descriptor % 32);
        read[bell / 32] |= 1u << (bell % 32);
        _ = select(Math.Max(descriptor, bell) + 1, read, write, null, null);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        internal int Descriptor;
        internal short Wanted;
        internal short Found;
    }

    [LibraryImport("libc")]
    private static partial int isatty(int descriptor);

    [LibraryImport("libc")]
    private static partial int tcgetattr(int descriptor, byte* attributes);

    [LibraryImport("libc")]
    private static partial int tcsetattr(int descriptor, int when, byte* attributes);

    [LibraryImport("libc")]
    private static partial void cfmakeraw(byte* attributes);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, byte* bytes, nuint length);

    [LibraryImport("libc")]
    private static partial int open(byte* path, int flags);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    [LibraryImport("libc")]
    private static partial int ttyname_r(int descriptor, byte* name, nuint length);

    [LibraryImport("libc")]
    private static partial int ioctl(int descriptor, nuint request, ushort* size);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int ioctlOnStack(int descriptor, nuint request, nint a, nint b, nint c, nint d, nint e, nint f, ushort* size);

    [LibraryImport("libc")]
    private static partial int poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc")]
    private static partial int select(int count, uint* read, uint* write, uint* errors, void* timeout);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pipe(int* ends);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pipe2(int* ends, int flags);
}
