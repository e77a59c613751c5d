using System.Buffers;
using System.Buffers.Text;
using Bastion.Audit.Recording.Frames;
using Bastion.Audit.Recording.Journals;

namespace Bastion.Audit.Recording.Writing;

/// <summary>Turns records into asciicast event lines. Chunks of one direction within two milliseconds become one event.</summary>
internal sealed class EventLines
{
    private const long JoinedMicros = 2000;
    private const int LongestText = JournalRing.MaxPayload;

    private readonly ArrayBufferWriter<byte> _lines = new(128 * 1024);
    private readonly Utf8Rest _output = new();
    private readonly Utf8Rest _input = new();
    private RecordKind _open;
    private long _openedAt;
    private int _openBytes;

    internal EventLines(Counts counts, uint outputRest = 0, uint inputRest = 0)
    {
        Counts = counts;
        (_output.Word, _input.Word) = (outputRest, inputRest);
    }

    /// <summary>What all events so far hold.</summary>
    internal Counts Counts { get; private set; }

    internal uint OutputRest => _output.Word;

    internal uint InputRest => _input.Word;

    /// <summary>The lines since <see cref="Clear"/>; whole once <see cref="CloseLine"/> was called.</summary>
    internal ReadOnlySpan<byte> Written => _lines.WrittenSpan;

    internal void Add(in JournalRecord record)
    {
        ReadOnlySpan<byte> bytes = record.Payload;
        switch (record.Kind)
        {
            case RecordKind.Output:
                Counts = Counts with { OutputBytes = Counts.OutputBytes + bytes.Length, LastMicros = record.Micros };
                Text(record.Kind, record.Micros, _output.Join(bytes));
                break;
            case RecordKind.Input:
                Counts = Counts with { InputBytes = Counts.InputBytes + bytes.Length, LastMicros = record.Micros };
                Text(record.Kind, record.Micros, _input.Join(bytes));
                break;
            case RecordKind.Resize or RecordKind.Marker:
                Counts = Counts with { LastMicros = record.Micros };
                Single(record.Micros, record.Kind == RecordKind.Marker ? "m"u8 : "r"u8, bytes);
                break;
        }
    }

    /// <summary>Adds the event that ends a recording, after what unfinished characters are left.</summary>
    internal void End(bool complete, ReadOnlySpan<byte> reason)
    {
        Text(RecordKind.Output, Counts.LastMicros, _output.Last());
        Text(RecordKind.Input, Counts.LastMicros, _input.Last());
        byte[] text = [.. complete ? "complete: "u8 : "broken: "u8, .. reason];
        Single(Counts.LastMicros, "e"u8, text);
    }

    internal void CloseLine()
    {
        if (_open != RecordKind.Rest) _lines.Write("\"]\n"u8);
        _open = RecordKind.Rest;
    }

    internal void Clear() => _lines.ResetWrittenCount();

    private void Text(RecordKind kind, long micros, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return;
        if (_open != kind || micros - _openedAt >= JoinedMicros || _openBytes + text.Length > LongestText)
        {
            CloseLine();
            OpenLine(micros, kind == RecordKind.Output ? "o"u8 : "i"u8);
            (_open, _openedAt, _openBytes) = (kind, micros, 0);
        }

        JsonText.Append(_lines, text);
        _openBytes += text.Length;
    }

    private void Single(long micros, ReadOnlySpan<byte> code, ReadOnlySpan<byte> text)
    {
        CloseLine();
        OpenLine(micros, code);
        JsonText.Append(_lines, text);
        _lines.Write("\"]\n"u8);
    }

    private void OpenLine(long micros, ReadOnlySpan<byte> code)
    {
        Span<byte> line = _lines.GetSpan(40);
        line[0] = (byte)'[';
        Utf8Formatter.TryFormat(micros / 1_000_000, line[1..], out int digits);
        int at = digits + 1;
        line[at++] = (byte)'.';
        Utf8Formatter.TryFormat((uint)(micros / 1000 % 1000), line[at..], out _, new StandardFormat('D', 3));
        at += 3;
        ",\""u8.CopyTo(line[at..]);
        at += 2;
        code.CopyTo(line[at..]);
        at += code.Length;
        "\",\""u8.CopyTo(line[at..]);
        _lines.Advance(at + 3);
    }
}
