using System.Text;

namespace Bastion.Sessions;

/// <summary>Cuts a stream of UTF-8 bytes into lines that are safe to show, however the bytes are chunked.</summary>
internal sealed class LineSplitter(Action<string> onLine)
{
    // A host that never ends its line must not fill the memory.
    private const int LongestLine = 1 << 20;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _line = new();

    internal void Add(ReadOnlySpan<byte> bytes) => Decode(bytes, flush: false);

    internal void End()
    {
        Decode([], flush: true);
        if (_line.Length > 0) Emit();
    }

    private void Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        char[] characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        int count = _decoder.GetChars(bytes, characters, flush);
        foreach (char c in characters.AsSpan(0, count))
        {
            if (c == '\n') Emit();
            else
            {
                _line.Append(c);
                if (_line.Length >= LongestLine) Emit();
            }
        }
    }

    private void Emit()
    {
        if (_line.Length > 0 && _line[^1] == '\r') _line.Length--;
        string line = _line.ToString();
        _line.Clear();
        // Tabs are harmless, and common in output that scripts read.
        onLine(string.Join('\t', line.Split('\t').Select(Printable.Escape)));
    }
}
