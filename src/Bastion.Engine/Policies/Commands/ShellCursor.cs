using System.Globalization;

namespace Bastion.Policies.Commands;

/// <summary>A place in a text that a shell would read. It is strict: what shells could read in two ways is an error.</summary>
internal sealed class ShellCursor(string text)
{
    internal const char End = '\0';

    internal int Position { get; set; }

    internal string Text => text;

    internal bool AtEnd => Position >= text.Length;

    /// <summary>Here-documents whose text has still to come.</summary>
    internal int Awaited { get; set; }

    /// <summary>The character here; a continued line goes on without a break.</summary>
    internal char Peek()
    {
        while (Raw(0) == '\\' && Raw(1) == '\n')
        {
            // In the middle of a word or an operator shells differ about what they see.
            if (Awaited > 0 || (Position > 0 && text[Position - 1] is not (' ' or '\t' or '\n'))) throw Error("a line is continued in the middle of a word");
            Position += 2;
        }

        return Raw(0);
    }

    /// <summary>The character a few places on, as it stands there.</summary>
    internal char Raw(int ahead) => Position + ahead < text.Length ? text[Position + ahead] : End;

    internal bool Sees(string what) => string.CompareOrdinal(text, Position, what, 0, what.Length) == 0;

    internal char Take()
    {
        char c = Raw(0);
        if (c == '\n' && Awaited > 0) throw Error("a line ends inside a word while a here-document is awaited");
        Position++;
        return c;
    }

    internal bool TryTake(string what)
    {
        if (!Sees(what)) return false;
        Position += what.Length;
        return true;
    }

    internal void Expect(string what)
    {
        if (!TryTake(what)) throw Error($"'{what}' is missing");
    }

    internal void SkipBlanks()
    {
        while (Peek() is ' ' or '\t') Position++;
        if (Raw(0) != '#') return;
        while (!AtEnd && Raw(0) != '\n') Position++;
    }

    internal ShellSyntaxException Error(string what) => new(string.Create(CultureInfo.InvariantCulture, $"{what} (at character {Position + 1})"));

    internal static bool IsMeta(char c) => c is ' ' or '\t' or '\n' or '|' or '&' or ';' or '(' or ')' or '<' or '>';

    internal static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    internal static bool IsName(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
