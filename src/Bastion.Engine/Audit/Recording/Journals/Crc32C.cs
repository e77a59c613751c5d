using System.Numerics;
using System.Runtime.InteropServices;

namespace Bastion.Audit.Recording.Journals;

/// <summary>The check sum that processors compute by themselves: it costs the hot path nothing that can be measured.</summary>
internal static class Crc32C
{
    internal static uint Of(uint seed, ReadOnlySpan<byte> bytes)
    {
        uint sum = ~seed;
        foreach (ulong eight in MemoryMarshal.Cast<byte, ulong>(bytes)) sum = BitOperations.Crc32C(sum, eight);
        foreach (byte one in bytes[(bytes.Length & ~7)..]) sum = BitOperations.Crc32C(sum, one);
        return ~sum;
    }
}
