using System.Buffers.Binary;

namespace Bastion.Audit.Recording.Frames;

/// <summary>The outer shape of a zstd frame (RFC 8878): a header, then blocks that tell their size. Enough to find where a frame ends or broke off.</summary>
internal static class ZstdBlocks
{
    internal const uint Magic = 0xFD2FB528;

    /// <summary>An empty last block: closes a frame that broke off between two blocks.</summary>
    internal static ReadOnlySpan<byte> EmptyLast => [1, 0, 0];

    /// <summary>A last block that holds a line end: closes a frame that may have broken off within a line.</summary>
    internal static ReadOnlySpan<byte> LineEndLast => [1 | (1 << 3), 0, 0, (byte)'\n'];

    /// <summary>Longest frame header, with the magic.</summary>
    internal const int MaxHeader = 18;

    internal const int BlockHeader = 3;

    /// <summary>Length of a frame's header, magic included.</summary>
    /// <returns>0 when it is none, or one with a check sum or dictionary, which recordings have not.</returns>
    internal static int HeaderLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 6 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic) return 0;
        byte descriptor = bytes[4];
        if ((descriptor & 0b0000_1111) != 0) return 0; // reserved bit, check sum, dictionary
        bool single = (descriptor & 0b0010_0000) != 0;
        int sizeField = (descriptor >> 6) switch { 0 => single ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        return 5 + (single ? 0 : 1) + sizeField;
    }

    /// <summary>What a block header says: bytes that follow it and whether it is the last; <see langword="null"/> when it makes no sense.</summary>
    internal static (int Length, bool Last)? Block(ReadOnlySpan<byte> header)
    {
        int word = header[0] | (header[1] << 8) | (header[2] << 16);
        int size = word >> 3;
        bool last = (word & 1) != 0;
        // An empty block that is not the last is what pages of zeros look like, after the machine went down.
        return ((word >> 1) & 3) switch
        {
            0 when (size > 0 || last) && size <= MaxBlock => (size, last),
            1 when size is > 0 and <= MaxBlock => (1, last),
            2 when size is > 0 and <= MaxBlock => (size, last),
            _ => null,
        };
    }

    private const int MaxBlock = 128 * 1024;
}
