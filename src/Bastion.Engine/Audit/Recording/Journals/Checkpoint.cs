using System.Buffers.Binary;
using Bastion.Audit.Recording.Frames;

namespace Bastion.Audit.Recording.Journals;

/// <summary>
/// One write to the recording, noted before it is made: after a crash the recording's length tells whether it was.
/// </summary>
/// <param name="Number">Counts up.</param>
/// <param name="Before">Length of the recording before the write.</param>
/// <param name="After">Its length after it.</param>
/// <param name="Position">Position in the journal up to which the recording then holds all.</param>
/// <param name="Counts">What it then holds.</param>
/// <param name="OutputRest">Bytes of an unfinished character at the end of the output, see <see cref="Writing.Utf8Rest"/>.</param>
/// <param name="InputRest">The same for the input.</param>
internal sealed record Checkpoint(long Number, long Before, long After, long Position, Counts Counts, uint OutputRest, uint InputRest)
{
    internal const int Bytes = 80;

    internal void Write(Span<byte> place)
    {
        // Invalid first, valid last: a crash in between leaves a wrong sum.
        BinaryPrimitives.WriteUInt32LittleEndian(place[72..], 0);
        Span<byte> whole = stackalloc byte[Bytes];
        long[] fields = [Number, Before, After, Position, Counts.OutputBytes, Counts.InputBytes, Counts.LastMicros];
        for (int i = 0; i < fields.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(whole[(i * 8)..], fields[i]);
        BinaryPrimitives.WriteUInt32LittleEndian(whole[56..], OutputRest);
        BinaryPrimitives.WriteUInt32LittleEndian(whole[60..], InputRest);
        BinaryPrimitives.WriteUInt32LittleEndian(whole[72..], Sum(whole));
        whole[..72].CopyTo(place);
        Volatile.Write(ref System.Runtime.CompilerServices.Unsafe.As<byte, uint>(ref place[72]), BinaryPrimitives.ReadUInt32LittleEndian(whole[72..]));
    }

    internal static Checkpoint? Read(ReadOnlySpan<byte> place)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(place[72..]) != Sum(place)) return null;
        return new Checkpoint(At(place, 0), At(place, 1), At(place, 2), At(place, 3), new Counts(At(place, 4), At(place, 5), At(place, 6)),
            BinaryPrimitives.ReadUInt32LittleEndian(place[56..]), BinaryPrimitives.ReadUInt32LittleEndian(place[60..]));
    }

    // Never 0, so that a place that was not written yet is not valid.
    private static uint Sum(ReadOnlySpan<byte> place) => Crc32C.Of(0x42684A43, place[..72]) | 1;

    private static long At(ReadOnlySpan<byte> place, int field) => BinaryPrimitives.ReadInt64LittleEndian(place[(field * 8)..]);
}
