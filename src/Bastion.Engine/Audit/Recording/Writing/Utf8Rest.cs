using System.Buffers;
using System.Text;

namespace Bastion.Audit.Recording.Writing;

/// <summary>Keeps the first bytes of a character that a chunk cut through until the next chunk brings the others.</summary>
internal sealed class Utf8Rest
{
    private readonly byte[] _joined = new byte[Journals.JournalRing.MaxPayload + 4];
    private readonly byte[] _rest = new byte[3];
    private int _length;

    /// <summary>The bytes kept, in one word as a checkpoint holds it: the lowest byte says how many.</summary>
    internal uint Word
    {
        get => (uint)(_length | (_rest[0] << 8) | (_rest[1] << 16) | (_rest[2] << 24));
        set => (_length, _rest[0], _rest[1], _rest[2]) = ((int)Math.Min(value & 0xFF, 3), (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24));
    }

    /// <summary>Whole characters out of what is kept and what came; valid until the next call.</summary>
    internal ReadOnlySpan<byte> Join(ReadOnlySpan<byte> chunk)
    {
        if (_length > 0)
        {
            _rest.AsSpan(0, _length).CopyTo(_joined);
            chunk.CopyTo(_joined.AsSpan(_length));
            chunk = _joined.AsSpan(0, _length + chunk.Length);
        }

        _length = Unfinished(chunk);
        chunk[^_length..].CopyTo(_rest);
        return chunk[..^_length];
    }

    /// <summary>What is kept, at the end: it will not be finished.</summary>
    internal ReadOnlySpan<byte> Last()
    {
        int length = _length;
        _length = 0;
        return _rest.AsSpan(0, length);
    }

    private static int Unfinished(ReadOnlySpan<byte> chunk)
    {
        for (int back = 1; back <= 3 && back <= chunk.Length; back++)
        {
            byte b = chunk[^back];
            if ((b & 0xC0) == 0x80) continue;
            return b >= 0xC0 && Rune.DecodeFromUtf8(chunk[^back..], out _, out _) == OperationStatus.NeedMoreData ? back : 0;
        }

        return 0;
    }
}
