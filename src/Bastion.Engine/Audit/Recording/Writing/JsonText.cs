using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Bastion.Audit.Recording.Writing;

/// <summary>
/// UTF-8 as the inside of a JSON string. Bytes that are no UTF-8 become U+FFFD, one for each maximal piece, as the Unicode standard advises.
/// Control characters are escaped, those of U+0080–U+009F too, so that a recording that is looked at raw does nothing to a terminal.
/// </summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\', 0x7F, 0xC2]);

    /// <summary>Appends text; an escaped byte takes up to six.</summary>
    internal static void Append(IBufferWriter<byte> target, ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            AppendValid(target, text);
            return;
        }

        while (!text.IsEmpty)
        {
            int good = ValidPrefix(text);
            AppendValid(target, text[..good]);
            text = text[good..];
            if (text.IsEmpty) return;
            Rune.DecodeFromUtf8(text, out _, out int bad);
            target.Write("\uFFFD"u8);
            text = text[bad..];
        }
    }

    private static int ValidPrefix(ReadOnlySpan<byte> text)
    {
        int good = 0;
        while (good < text.Length && Rune.DecodeFromUtf8(text[good..], out _, out int length) == OperationStatus.Done) good += length;
        return good;
    }

    private static void AppendValid(IBufferWriter<byte> target, ReadOnlySpan<byte> text)
    {
        Span<byte> to = target.GetSpan((text.Length * 6) + 6);
        int written = 0;
        while (true)
        {
            int plain = text.IndexOfAny(Special);
            if (plain < 0) plain = text.Length;
            text[..plain].CopyTo(to[written..]);
            written += plain;
            if (plain == text.Length) break;
            text = text[plain..];
            if (text[0] != 0xC2)
            {
                written += Escape(to[written..], text[0]);
                text = text[1..];
            }
            else
            {
                // U+0080 to U+00BF; the first half are control characters
                if (text[1] < 0xA0)
                {
                    written += Escape(to[written..], text[1]);
                }
                else
                {
                    text[..2].CopyTo(to[written..]);
                    written += 2;
                }

                text = text[2..];
            }
        }

        target.Advance(written);
    }

    private static int Escape(Span<byte> to, byte character)
    {
        byte letter = character switch { (byte)'\n' => (byte)'n', (byte)'\r' => (byte)'r', (byte)'\t' => (byte)'t', (byte)'\b' => (byte)'b', (byte)'"' => (byte)'"', (byte)'\\' => (byte)'\\', _ => 0 };
        to[0] = (byte)'\\';
        if (letter != 0)
        {
            to[1] = letter;
            return 2;
        }

        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        to[1] = (byte)'u';
        to[2] = to[3] = (byte)'0';
        to[4] = digits[character >> 4];
        to[5] = digits[character & 15];
        return 6;
    }
}
