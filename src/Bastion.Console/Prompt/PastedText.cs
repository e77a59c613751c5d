using System.Reflection;
using System.Text;

namespace Bastion.Console.Prompt;

/// <summary>
/// Bracketed paste, which PSReadLine lacks outside Windows: pasted lines are put in and wait for Enter, rather than run one by one.
/// A terminal that is asked to puts ESC [200~ before what it pastes and ESC [201~ behind.
/// </summary>
public static class PastedText
{
    private const BindingFlags Inside = BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    /// <summary>Asks the terminal to mark what it pastes, or to stop that.</summary>
    public static void Ask(bool isWanted) => global::System.Console.Out.Write(isWanted ? "\e[?2004h" : "\e[?2004l");

    /// <summary>Reads on after ESC [ and gives the pasted text; empty when it is another sequence.</summary>
    /// <param name="editor">PSReadLine's PSConsoleReadLine. Keys that it has taken from the terminal already come first.</param>
    public static string Read(Type editor)
    {
        ArgumentNullException.ThrowIfNull(editor);
        MethodInfo read = editor.GetMethod("ReadKey", Inside, []) ?? throw new MissingMethodException(editor.FullName, "ReadKey");
        MethodInfo plain = read.ReturnType.GetMethod("AsConsoleKeyInfo", Inside, []) ?? throw new MissingMethodException(read.ReturnType.FullName, "AsConsoleKeyInfo");
        return Read(() => (ConsoleKeyInfo)plain.Invoke(read.Invoke(null, null), null)!);
    }

    /// <summary>The same over any source of keys.</summary>
    internal static string Read(Func<ConsoleKeyInfo> next)
    {
        // The rest of a control sequence: parameters, then one final character (ECMA-48)
        var sequence = new StringBuilder();
        char c;
        do sequence.Append(c = next().KeyChar);
        while (c is >= ' ' and <= '?');
        if (sequence.ToString() != "200~") return "";

        var text = new StringBuilder();
        while (!EndsWith(text, "\e[201~"))
        {
            ConsoleKeyInfo key = next();
            text.Append(key.Key == ConsoleKey.Enter ? '\n' : key.KeyChar);
        }

        text.Length -= "\e[201~".Length;
        return Plain(text.ToString());
    }

    private static bool EndsWith(StringBuilder text, string end)
    {
        if (text.Length < end.Length) return false;
        for (int i = 1; i <= end.Length; i++)
        {
            if (text[^i] != end[^i]) return false;
        }

        return true;
    }

    // What no one can see must not hide in a line that is about to run
    private static string Plain(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Replace("\t", "    ", StringComparison.Ordinal).Where(c => c == '\n' || !char.IsControl(c)));
}
