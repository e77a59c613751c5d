using System.Buffers.Binary;

namespace Bastion.Audit.Recording.Journals;

/// <summary>What a record of the journal is.</summary>
internal enum RecordKind : byte
{
    /// <summary>Nothing: the rest of the ring before its start.</summary>
    Rest = 0,
    Output = 1,
    Input = 2,
    Resize = 3,
    Marker = 4,
}

/// <summary>A record as it lies in the ring; valid until the tail moves over it.</summary>
internal readonly ref struct JournalRecord(RecordKind kind, long micros, ReadOnlySpan<byte> payload, long next)
{
    internal RecordKind Kind { get; } = kind;

    /// <summary>Microseconds since the session began.</summary>
    internal long Micros { get; } = micros;

    internal ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>Where the next record begins.</summary>
    internal long Next { get; } = next;
}

/// <summary>
/// Records in a ring: a head of 16 bytes (check sum seeded by the position, length and kind, time), then the bytes, filled up to 16.
/// One writer at a time (its caller's lock) and one reader; neither makes a system call.
/// </summary>
internal sealed class JournalRing(JournalMap map)
{
    /// <summary>Longest payload of a record.</summary>
    internal const int MaxPayload = 32 * 1024;

    private const int RecordHead = 16;
    private const int Size = JournalMap.RingBytes;

    internal long Head => map.Head;

    internal long Tail
    {
        get => map.Tail;
        set => map.Tail = value;
    }

    internal long Used => map.Head - map.Tail;

    /// <summary>Copies a record in.</summary>
    /// <returns><see langword="false"/> when there is no room now.</returns>
    internal bool TryAppend(RecordKind kind, long micros, ReadOnlySpan<byte> payload)
    {
        long head = map.Head;
        int need = Whole(payload.Length);
        int toEnd = Size - Offset(head);
        int skip = need > toEnd ? toEnd : 0;
        if (head - map.Tail + skip + need > Size) return false;
        if (skip > 0)
        {
            Write(head, RecordKind.Rest, 0, skip - RecordHead, default);
            head += skip;
        }

        Write(head, kind, micros, payload.Length, payload);
        map.Head = head + need;
        return true;
    }

    /// <summary>Reads the record at a position before the head.</summary>
    internal JournalRecord Read(long position)
    {
        ReadOnlySpan<byte> ring = map.Ring[Offset(position)..];
        uint word = BinaryPrimitives.ReadUInt32LittleEndian(ring[4..]);
        int length = (int)(word >> 8);
        var kind = (RecordKind)(word & 0xFF);
        return new JournalRecord(kind, BinaryPrimitives.ReadInt64LittleEndian(ring[8..]), kind == RecordKind.Rest ? default : ring.Slice(RecordHead, length), position + Whole(length));
    }

    /// <summary>Whether a whole record lies at a position: after the machine went down, not all pages need have reached the disk.</summary>
    internal bool IsWhole(long position)
    {
        if (position >= map.Head || (position & (RecordHead - 1)) != 0) return false;
        ReadOnlySpan<byte> ring = map.Ring[Offset(position)..];
        uint word = BinaryPrimitives.ReadUInt32LittleEndian(ring[4..]);
        int length = (int)(word >> 8);
        if (RecordHead + length > ring.Length || position + Whole(length) > map.Head || (word & 0xFF) > (uint)RecordKind.Marker) return false;
        int summed = (word & 0xFF) == 0 ? 0 : length;
        return BinaryPrimitives.ReadUInt32LittleEndian(ring) == Crc32C.Of((uint)position, ring.Slice(4, RecordHead - 4 + summed));
    }

    private void Write(long position, RecordKind kind, long micros, int length, ReadOnlySpan<byte> payload)
    {
        Span<byte> ring = map.Ring[Offset(position)..];
        BinaryPrimitives.WriteUInt32LittleEndian(ring[4..], ((uint)length << 8) | (byte)kind);
        BinaryPrimitives.WriteInt64LittleEndian(ring[8..], micros);
        payload.CopyTo(ring[RecordHead..]);
        BinaryPrimitives.WriteUInt32LittleEndian(ring, Crc32C.Of((uint)position, ring.Slice(4, RecordHead - 4 + payload.Length)));
    }

    private static int Offset(long position) => (int)(position & (Size - 1));

    private static int Whole(int payload) => (RecordHead + payload + RecordHead - 1) & ~(RecordHead - 1);
}
