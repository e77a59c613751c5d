using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Bastion.Audit.Recording.Frames;

/// <summary>What a recording holds so far.</summary>
/// <param name="OutputBytes">Bytes shown, as they came.</param>
/// <param name="InputBytes">Bytes typed, as they came.</param>
/// <param name="LastMicros">Time of the last event, in microseconds since the session began.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Counts(long OutputBytes, long InputBytes, long LastMicros)
{
    // Three years: longer than any session
    private const long MostMicros = 99_999_999L * 1_000_000;

    internal TimeSpan Length => new(Sane.LastMicros * TimeSpan.TicksPerMicrosecond);

    /// <summary>The same within what can be: a damaged link may claim anything.</summary>
    internal Counts Sane => new(Math.Max(0, OutputBytes), Math.Max(0, InputBytes), Math.Clamp(LastMicros, 0, MostMicros));
}

/// <summary>What a frame holds.</summary>
internal enum FrameKind : byte
{
    /// <summary>The header line.</summary>
    Header = 0,
    /// <summary>Events.</summary>
    Events = 1,
    /// <summary>The end of a session that ended.</summary>
    Complete = 2,
    /// <summary>The end of a session that broke off.</summary>
    Broken = 3,
}

/// <summary>
/// The link that follows each frame, in a zstd skippable frame of 96 bytes: it says what the frame is, and its hash covers the hash before it,
/// the frame's bytes and the link's own fields. Laid out in docs/recording-format.md.
/// </summary>
/// <param name="Kind">What the frame holds.</param>
/// <param name="Number">Counts from 0.</param>
/// <param name="Length">Bytes of the compressed frame.</param>
/// <param name="Counts">What the recording holds up to here.</param>
/// <param name="Hash">SHA-256.</param>
internal sealed record FrameLink(FrameKind Kind, long Number, long Length, Counts Counts, byte[] Hash)
{
    internal const int Bytes = 96;
    internal const int HashAt = 64;

    // zstd's skippable magic, the size of what follows, and eight bytes of our own
    private static ReadOnlySpan<byte> Mark => [0x5B, 0x2A, 0x4D, 0x18, Bytes - 8, 0, 0, 0, (byte)'B', (byte)'h', (byte)'L', (byte)'i', (byte)'n', (byte)'k', (byte)'0', (byte)'1'];

    internal bool IsSeal => Kind is FrameKind.Complete or FrameKind.Broken;

    /// <summary>The hash before the first frame: it binds the session, so that a whole recording can't stand in for another.</summary>
    internal static byte[] Start(string sessionId) => SHA256.HashData(Encoding.UTF8.GetBytes("bastion recording 1\0" + sessionId));

    internal static string Hex(byte[] hash) => Convert.ToHexString(hash).ToLowerInvariant();

    /// <summary>Makes the link of a frame.</summary>
    /// <param name="kind">What the frame holds.</param>
    /// <param name="number">Its number.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="counts">What the recording then holds.</param>
    /// <param name="hash">Took in the hash before and the frame's bytes; is empty after.</param>
    internal static FrameLink Of(FrameKind kind, long number, long length, Counts counts, IncrementalHash hash)
    {
        var link = new FrameLink(kind, number, length, counts, []);
        Span<byte> bytes = stackalloc byte[Bytes];
        link.WriteFields(bytes);
        hash.AppendData(bytes[Mark.Length..HashAt]);
        return link with { Hash = hash.GetHashAndReset() };
    }

    internal void Write(Span<byte> target)
    {
        WriteFields(target);
        Hash.CopyTo(target[HashAt..]);
    }

    /// <summary><see langword="null"/> when there is no link at the start of the bytes.</summary>
    internal static FrameLink? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Bytes || !bytes.StartsWith(Mark) || bytes[16] > (byte)FrameKind.Broken || bytes[17..24].ContainsAnyExcept((byte)0)) return null;
        return new FrameLink((FrameKind)bytes[16], At(bytes, 24), At(bytes, 32), new Counts(At(bytes, 40), At(bytes, 48), At(bytes, 56)), bytes[HashAt..Bytes].ToArray());
    }

    /// <summary>Where the next link begins, or -1.</summary>
    internal static int Find(ReadOnlySpan<byte> bytes) => bytes.IndexOf(Mark);

    private void WriteFields(Span<byte> target)
    {
        target[..HashAt].Clear();
        Mark.CopyTo(target);
        target[16] = (byte)Kind;
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], Number);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], Length);
        BinaryPrimitives.WriteInt64LittleEndian(target[40..], Counts.OutputBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[48..], Counts.InputBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[56..], Counts.LastMicros);
    }

    private static long At(ReadOnlySpan<byte> bytes, int place) => BinaryPrimitives.ReadInt64LittleEndian(bytes[place..]);
}
