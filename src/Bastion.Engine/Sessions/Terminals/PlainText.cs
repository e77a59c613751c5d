using System.Text;

namespace Bastion.Sessions.Terminals;

/// <summary>Turns what a terminal would be sent into text that is safe in a log: escape sequences are left out, other control characters shown as <c>\u{…}</c>.</summary>
internal sealed class PlainText
{
    private const int LongestOpenLine = 256;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _safe = new();
    private readonly StringBuilder _openLine = new();
    private State _state;
    private bool _returned;

    private enum State
    {
        Text,
        Escape,
        OneMore,
        Sequence,
        Block,
        BlockEscape,
    }

    /// <summary>The visible text since the last line's end: a prompt, if nothing follows. At most its last 256 characters.</summary>
    internal string OpenLine => _openLine.ToString();

    /// <summary>Gives the text of the next bytes, however characters and sequences are cut by their end.</summary>
    internal string Convert(ReadOnlySpan<byte> bytes)
    {
        char[] characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        int count = _decoder.GetChars(bytes, characters, flush: false);
        _safe.Clear();
        foreach (char c in characters.AsSpan(0, count)) Next(c);
        return _safe.ToString();
    }

    private void Next(char c) => _state = _state switch
    {
        State.Text => Text(c),
        State.Escape => c switch
        {
            '[' => State.Sequence,
            ']' or 'P' or 'X' or '^' or '_' => State.Block,
            '(' or ')' or '*' or '+' or '#' or '%' or ' ' => State.OneMore,
            _ => State.Text,
        },
        State.Sequence => c is >= '@' and <= '~' ? State.Text : State.Sequence,
        State.Block => c switch { '\a' => State.Text, '\x1b' => State.BlockEscape, _ => State.Block },
        State.BlockEscape => c == '\\' ? State.Text : State.Block,
        _ => State.Text,
    };

    private State Text(char c)
    {
        // A line that is drawn over itself, such as a progress bar, becomes several.
        if (_returned && c is not ('\n' or '\r'))
        {
            if (_openLine.Length > 0) EndLine();
            _returned = false;
        }

        switch (c)
        {
            case '\x1b':
                return State.Escape;
            case '\r':
                _returned = true;
                break;
            case '\n':
                _returned = false;
                EndLine();
                break;
            case '\a' or '\b' or '\0':
                break;
            case '\t':
                Show("\t");
                break;
            default:
                Show(char.IsSurrogate(c) ? c.ToString() : Printable.Escape(c.ToString()));
                break;
        }

        return State.Text;
    }

    private void Show(string text)
    {
        _safe.Append(text);
        _openLine.Append(text);
        if (_openLine.Length > 2 * LongestOpenLine) _openLine.Remove(0, _openLine.Length - LongestOpenLine);
    }

    private void EndLine()
    {
        _safe.Append('\n');
        _openLine.Clear();
    }
}
