namespace Bastion.Policies.Commands;

/// <summary>A text for a shell, taken apart before it runs: every simple command in it, and why it hides others.</summary>
/// <param name="Commands">Every command in it, in any construct; what wrappers run as well as the wrappers.</param>
/// <param name="Opaque">Why there could be more to it than can be seen; none: all of it is known.</param>
/// <param name="NeedsBash">Whether it means another thing to a plain sh than to bash.</param>
/// <param name="LeavesUnknown">Whether variables may hold values afterwards that are not known.</param>
internal sealed record CommandText(IReadOnlyList<SimpleCommand> Commands, IReadOnlyList<string> Opaque, bool NeedsBash, bool LeavesUnknown)
{
    /// <summary>Whether something in it can't be decided.</summary>
    internal bool IsOpaque => Opaque.Count > 0;

    /// <summary>Whether the text ends inside of something, such as quotes or a loop: another line has to follow.</summary>
    internal static bool IsUnfinished(string text)
    {
        if (text.Length > Findings.MostCharacters) return false;
        var at = new ShellCursor(text);
        try
        {
            new ShellParser(at, new Findings()).ReadAll();
            return false;
        }
        catch (ShellSyntaxException)
        {
            return at.AtEnd;
        }
    }

    /// <summary>Takes a text apart. Never throws: what can't be parsed is opaque.</summary>
    /// <param name="text">The text.</param>
    /// <param name="valuesUnknown">Whether variables may hold values already that are not known.</param>
    internal static CommandText Parse(string text, bool valuesUnknown = false)
    {
        var found = new Findings();
        if (text.Length > Findings.MostCharacters) found.Hide($"it is longer than {Findings.MostCharacters} characters");
        else if (text.AsSpan().ContainsAny('\0', '\r') || HasLoneSurrogate(text)) found.Hide("it holds characters that shells read in different ways");
        else
        {
            try
            {
                new ShellParser(new ShellCursor(text), found).ReadAll();
            }
            catch (ShellSyntaxException e)
            {
                found.Hide($"it can't be parsed: {e.Message}");
            }
        }

        if (found.ArithmeticNames && (found.UnknownValues || valuesUnknown)) found.Hide("arithmetic evaluates the values of variables, and one is set from data");
        return new CommandText(found.Commands, found.Opaque, found.NeedsBash, found.UnknownValues || found.Opaque.Count > 0);
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) continue;
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return true;
            at++;
        }

        return false;
    }
}
