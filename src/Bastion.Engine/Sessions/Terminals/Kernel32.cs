using System.Runtime.InteropServices;

namespace Bastion.Sessions.Terminals;

/// <summary>The console of Windows.</summary>
internal static unsafe partial class Kernel32
{
    internal const int StandardInput = -10;
    internal const int StandardOutput = -11;
    internal const uint VirtualTerminalInput = 0x200;
    internal const uint WindowInput = 0x8;
    /// <summary>Insert mode, selection with the mouse, and the flag that says that these two are given.</summary>
    internal const uint UsersOwnInput = 0x20 | 0x40 | 0x80;
    internal const uint ProcessedOutput = 0x1;
    internal const uint VirtualTerminalOutput = 0x4;
    internal const uint NoAutoReturn = 0x8;
    internal const ushort KeyEvent = 1;
    internal const ushort WindowBufferSizeEvent = 4;
    internal const ushort AltKey = 0x12;
    internal const ushort SpaceKey = 0x20;
    internal const ushort TwoKey = 0x32;
    internal const uint EitherCtrl = 0x4 | 0x8;

    [LibraryImport("kernel32", EntryPoint = "GetStdHandle", SetLastError = true)]
    internal static partial nint StandardHandle(int which);

    [LibraryImport("kernel32", EntryPoint = "GetConsoleMode", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool TryGetMode(nint handle, out uint mode);

    [LibraryImport("kernel32", EntryPoint = "SetConsoleMode", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool TrySetMode(nint handle, uint mode);

    [LibraryImport("kernel32", EntryPoint = "ReadConsoleInputW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool TryReadInput(nint handle, InputRecord* records, uint length, out uint count);

    [LibraryImport("kernel32", EntryPoint = "WriteConsoleW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool TryWrite(nint handle, char* text, uint length, out uint written, nint reserved);

    [LibraryImport("kernel32", EntryPoint = "GetConsoleScreenBufferInfo", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool TryGetScreen(nint handle, out Screen screen);

    [LibraryImport("kernel32", EntryPoint = "WaitForMultipleObjects", SetLastError = true)]
    internal static partial uint WaitForAny(uint count, nint* handles, [MarshalAs(UnmanagedType.Bool)] bool all, uint milliseconds);

    /// <summary>INPUT_RECORD with the part for keys; other events use the same bytes otherwise.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 20)]
    internal struct InputRecord
    {
        [FieldOffset(0)] internal ushort EventType;
        [FieldOffset(4)] internal int KeyDown;
        [FieldOffset(8)] internal ushort Repeat;
        [FieldOffset(10)] internal ushort VirtualKey;
        [FieldOffset(14)] internal char Character;
        [FieldOffset(16)] internal uint ControlKeys;
    }

    /// <summary>CONSOLE_SCREEN_BUFFER_INFO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Screen
    {
        internal short BufferColumns, BufferRows, CursorColumn, CursorRow;
        internal ushort Attributes;
        internal short Left, Top, Right, Bottom, LargestColumns, LargestRows;
    }
}
