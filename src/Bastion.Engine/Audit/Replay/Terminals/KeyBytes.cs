namespace Bastion.Audit.Replay.Terminals;

/// <summary>What bytes from a terminal in raw mode mean.</summary>
internal static class KeyBytes
{
    /// <summary>The first key in the bytes, and how many of them it takes.</summary>
    internal static (ReplayKey Key, int Length) First(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return (ReplayKey.None, 0);
        if (bytes[0] == 0x1B && bytes.Length >= 3 && bytes[1] is (byte)'[' or (byte)'O') return Sequence(bytes);
        return (bytes[0] switch
        {
            (byte)' ' => ReplayKey.Pause,
            (byte)'+' or (byte)'=' => ReplayKey.Faster,
            (byte)'-' or (byte)'_' => ReplayKey.Slower,
            (byte)'n' or (byte)'N' => ReplayKey.NextCommand,
            (byte)'q' or (byte)'Q' or 3 or 4 => ReplayKey.Quit, // Ctrl-C, Ctrl-D
            _ => ReplayKey.None,
        }, 1);
    }

    private static (ReplayKey Key, int Length) Sequence(ReadOnlySpan<byte> bytes)
    {
        int end = 2;
        while (end < bytes.Length - 1 && bytes[end] is >= 0x20 and < 0x40) end++;
        return (bytes[end] switch
        {
            (byte)'A' => ReplayKey.FarForward,
            (byte)'B' => ReplayKey.FarBack,
            (byte)'C' => ReplayKey.Forward,
            (byte)'D' => ReplayKey.Back,
            _ => ReplayKey.None,
        }, end + 1);
    }
}
