using System.Security.Cryptography;

namespace Bastion.Audit.Recording.Frames;

/// <summary>What a stretch of the file is.</summary>
internal enum StretchKind
{
    /// <summary>A frame and its link.</summary>
    Linked,
    /// <summary>Bytes that are no frame, up to a link.</summary>
    Damaged,
    /// <summary>Whole blocks of a frame that has not ended: the session runs, or its process died.</summary>
    Open,
    /// <summary>A frame that has ended, without its link.</summary>
    Unlinked,
    /// <summary>The end of the file, in the middle of something.</summary>
    Torn,
}

/// <summary>A stretch of a recording's file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Bytes of it that make whole blocks; for a damaged one, all up to the link.</param>
/// <param name="Link">The link behind it.</param>
internal sealed record Stretch(StretchKind Kind, long Offset, long Length, FrameLink? Link);

/// <summary>Walks over a recording frame by frame, by the sizes that blocks tell, and finds back after damage by the next link.</summary>
internal sealed class FrameWalk(Stream file)
{
    private readonly byte[] _buffer = new byte[128 * 1024];
    private long _at;

    /// <summary>The next stretch; <see langword="null"/> at the end of the file.</summary>
    /// <param name="hashes">Take in the bytes of the frame.</param>
    internal Stretch? Next(params ReadOnlySpan<IncrementalHash> hashes)
    {
        long start = _at, length = file.Length;
        if (start >= length) return null;
        (long whole, bool ended) = Frame(start, length, hashes);
        if (ended && Link(whole) is { } link)
        {
            _at = whole + FrameLink.Bytes;
            return new Stretch(StretchKind.Linked, start, whole - start, link);
        }

        if (FindLink(start) is { } found)
        {
            _at = found.Offset + FrameLink.Bytes;
            return new Stretch(StretchKind.Damaged, start, found.Offset - start, found.Link);
        }

        _at = length;
        StretchKind kind = whole < length || whole == start ? StretchKind.Torn : ended ? StretchKind.Unlinked : StretchKind.Open;
        return new Stretch(ended && whole < length ? StretchKind.Unlinked : kind, start, whole - start, null);
    }

    // Up to where whole blocks of a frame reach, and whether the last of them is the frame's last.
    private (long Whole, bool Ended) Frame(long start, long length, ReadOnlySpan<IncrementalHash> hashes)
    {
        Span<byte> header = stackalloc byte[ZstdBlocks.MaxHeader];
        int headerLength = ZstdBlocks.HeaderLength(header[..ReadAt(start, header)]);
        if (headerLength == 0 || start + headerLength > length) return (start, false);
        foreach (IncrementalHash hash in hashes) hash.AppendData(header[..headerLength]);
        long whole = start + headerLength;
        while (true)
        {
            Span<byte> block = header[..ZstdBlocks.BlockHeader];
            if (ReadAt(whole, block) < block.Length || ZstdBlocks.Block(block) is not { } shape || whole + block.Length + shape.Length > length)
                return (whole == start + headerLength ? start : whole, false);
            foreach (IncrementalHash hash in hashes) hash.AppendData(block);
            if (hashes.Length > 0) Hash(whole + block.Length, shape.Length, hashes);
            whole += block.Length + shape.Length;
            if (shape.Last) return (whole, true);
        }
    }

    private void Hash(long from, int length, ReadOnlySpan<IncrementalHash> hashes)
    {
        Span<byte> bytes = _buffer.AsSpan(0, length);
        bytes = bytes[..ReadAt(from, bytes)];
        foreach (IncrementalHash hash in hashes) hash.AppendData(bytes);
    }

    private FrameLink? Link(long at)
    {
        Span<byte> bytes = stackalloc byte[FrameLink.Bytes];
        return FrameLink.Read(bytes[..ReadAt(at, bytes)]);
    }

    private (long Offset, FrameLink Link)? FindLink(long from)
    {
        while (true)
        {
            int read = ReadAt(from, _buffer);
            if (read < FrameLink.Bytes) return null;
            int found = FrameLink.Find(_buffer.AsSpan(0, read));
            if (found < 0) from += read - FrameLink.Bytes + 1;
            else if (Link(from + found) is { } link) return (from + found, link);
            else from += found + 1;
        }
    }

    private int ReadAt(long at, Span<byte> target)
    {
        file.Position = at;
        return file.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
    }
}
