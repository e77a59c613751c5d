using System.Text;

namespace Bastion.Prompt;

/// <summary>
/// Bracketed paste: pasted lines are put in and wait for Enter, rather than run one by one.
/// A terminal that is asked to puts ESC [200~ before what it pastes and ESC [201~ behind.
/// </summary>
internal static class PastedText
{
    /// <summary>Asks the terminal to mark what it pastes.</summary>
    public const string Wanted = "\e[?2004h";

    /// <summary>Asks it to stop that.</summary>
    public const string NotWanted = "\e[?2004l";

    private const string End = "\e[201~";

    /// <summary>Reads what is pasted, to the mark behind it.</summary>
    public static string Read(Func<ConsoleKeyInfo> next)
    {
        var text = new StringBuilder();
        while (!EndsPaste(text))
        {
            ConsoleKeyInfo key = next();
            if (key.Modifiers.HasFlag(ConsoleModifiers.Alt)) text.Append('\e'); // .NET may read ESC x as Alt+x
            text.Append(key.Key == ConsoleKey.Enter ? '\n' : key.KeyChar);
        }

        text.Length -= End.Length;
        return Plain(text.ToString());
    }

    private static bool EndsPaste(StringBuilder text)
    {
        if (text.Length < End.Length) return false;
        for (int i = 1; i <= End.Length; i++)
        {
            if (text[^i] != End[^i]) return false;
        }

        return true;
    }

    // What no one can see must not hide in a line that is about to run
    private static string Plain(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Replace("\t", "    ", StringComparison.Ordinal).Where(c => c == '\n' || !char.IsControl(c)));
}
