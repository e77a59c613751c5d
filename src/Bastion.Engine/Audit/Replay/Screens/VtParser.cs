using System.Text;

namespace Bastion.Audit.Replay.Screens;

/// <summary>Takes what a terminal's output says, piece by piece.</summary>
internal interface IVtSink
{
    /// <summary>A character to show: never a control character.</summary>
    void Print(Rune character);

    /// <summary>A control character below U+0020.</summary>
    void Control(char control);

    /// <summary>An escape sequence without parameters, like <c>ESC 7</c> or <c>ESC ( 0</c>.</summary>
    /// <param name="intermediate">What stands between, or 0.</param>
    /// <param name="final">The last character.</param>
    void Escape(char intermediate, char final);

    /// <summary>A control sequence.</summary>
    void Csi(in CsiSequence sequence);
}

/// <summary>A control sequence, e.g. <c>ESC [ ? 25 h</c>.</summary>
internal readonly ref struct CsiSequence(char prefix, ReadOnlySpan<char> parameters, char intermediate, char final)
{
    /// <summary>One of <c>&lt; = &gt; ?</c>, or 0.</summary>
    internal char Prefix { get; } = prefix;

    /// <summary>Digits, semicolons and colons as they came.</summary>
    internal ReadOnlySpan<char> Parameters { get; } = parameters;

    /// <summary>What stands before the final character, or 0.</summary>
    internal char Intermediate { get; } = intermediate;

    internal char Final { get; } = final;

    /// <summary>How many parameters there are; none counts as one that was left out.</summary>
    internal int Count => Parameters.Count(';') + 1;

    /// <summary>A parameter; what was left out, or is too large to mean anything, is the default.</summary>
    internal int Number(int index, int otherwise)
    {
        ReadOnlySpan<char> rest = Parameters;
        for (; index > 0; index--)
        {
            int end = rest.IndexOf(';');
            if (end < 0) return otherwise;
            rest = rest[(end + 1)..];
        }

        int length = rest.IndexOfAny(';', ':');
        return int.TryParse(length < 0 ? rest : rest[..length], out int value) ? value : otherwise;
    }

    /// <summary>A count: at least one.</summary>
    internal int Times(int most) => Math.Clamp(Number(0, 1), 1, most);
}

/// <summary>
/// The state machine of a DEC terminal, over text. Strings for the terminal itself (titles, clipboard, queries: OSC, DCS, APC, PM, SOS) are
/// read over and never handed on. The control characters of U+0080–U+009F mean what their two-character forms mean.
/// </summary>
internal sealed class VtParser(IVtSink sink)
{
    // Longer sequences mean nothing to any terminal
    private const int MostParameters = 256;

    private readonly char[] _parameters = new char[MostParameters];
    private State _state;
    private int _length;
    private char _prefix;
    private char _intermediate;
    private char _high;

    private enum State
    {
        Ground,
        Escape,
        Csi,
        CsiIgnored,
        /// <summary>OSC, which BEL may end too.</summary>
        Command,
        /// <summary>DCS, SOS, PM, APC.</summary>
        Text,
    }

    /// <summary>Takes text in; sequences may go on in the next.</summary>
    internal void Feed(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (_high != 0 || char.IsSurrogate(c)) Surrogate(c);
            else if (c is >= '\u0080' and <= '\u009F') C1((char)(c - 0x40));
            else if (c < ' ' || c == '\u007F') C0(c);
            else Character(c);
        }
    }

    private void Surrogate(char c)
    {
        if (_high == 0 && char.IsHighSurrogate(c))
        {
            _high = c;
            return;
        }

        Rune rune = Rune.TryCreate(_high, c, out Rune pair) ? pair : Rune.ReplacementChar;
        _high = '\0';
        if (_state == State.Ground) sink.Print(rune);
        else if (_state is State.Escape or State.Csi) _state = State.Ground;
    }

    private void C0(char c)
    {
        switch (c)
        {
            case '\e':
                Begin(State.Escape);
                break;
            case '\u0018' or '\u001A':
                _state = State.Ground;
                break;
            case '\a' when _state == State.Command:
                _state = State.Ground;
                break;
            case '\u007F' or '\0':
                break;
            default:
                // As terminals do: within a sequence it acts at once, within a string it is lost.
                if (_state is not (State.Command or State.Text)) sink.Control(c);
                break;
        }
    }

    private void C1(char asEscape)
    {
        Begin(State.Escape);
        Character(asEscape);
    }

    private void Begin(State state)
    {
        _state = state;
        (_length, _prefix, _intermediate) = (0, '\0', '\0');
    }

    private void Character(char c)
    {
        switch (_state)
        {
            case State.Ground:
                sink.Print(new Rune(c));
                break;
            case State.Escape:
                AfterEscape(c);
                break;
            case State.Csi:
                InCsi(c);
                break;
            case State.CsiIgnored:
                if (c is >= '@' and <= '~' || c > '~') _state = State.Ground;
                break;
        }
    }

    private void AfterEscape(char c)
    {
        if (c is >= ' ' and <= '/')
        {
            // Two of them mean nothing that matters here
            _intermediate = _intermediate == 0 ? c : '!';
            return;
        }

        if (_intermediate == 0)
        {
            State next = c switch { '[' => State.Csi, ']' => State.Command, 'P' or 'X' or '^' or '_' => State.Text, _ => State.Ground };
            if (next != State.Ground)
            {
                Begin(next);
                return;
            }
        }

        _state = State.Ground;
        if (c is >= '0' and <= '~' && c != '\\') sink.Escape(_intermediate, c);
    }

    private void InCsi(char c)
    {
        switch (c)
        {
            case >= '0' and <= ';' when _intermediate == 0 && _length < MostParameters:
                _parameters[_length++] = c;
                break;
            case >= '<' and <= '?' when _length == 0 && _prefix == 0 && _intermediate == 0:
                _prefix = c;
                break;
            case >= ' ' and <= '/' when _intermediate == 0:
                _intermediate = c;
                break;
            case >= '@' and <= '~':
                _state = State.Ground;
                sink.Csi(new CsiSequence(_prefix, _parameters.AsSpan(0, _length), _intermediate, c));
                break;
            case > '~':
                _state = State.Ground;
                break;
            default:
                _state = State.CsiIgnored;
                break;
        }
    }
}
