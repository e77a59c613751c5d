using Bastion.Prompt;

namespace Bastion.Sessions.Checked;

/// <summary>The prompt: who, where, and the last exit code if it was not 0.</summary>
internal sealed class ShellPrompt(string account, string asset, bool isRoot, string home, string folder)
{
    private const int LongestFolder = 40;

    /// <summary>Where the shell is. Text of unknown origin.</summary>
    internal string Folder { get; set; } = folder;

    /// <summary>Exit code of the last command.</summary>
    internal int Status { get; set; }

    internal string Text => $"{(Status == 0 ? "" : $"[{Status}] ")}{Printable.Escape(account)}@{Printable.Escape(asset)}:{Short()}{(isRoot ? '#' : '$')} ";

    /// <summary>What brings the cursor to the beginning of a row of its own: blanks that fill the row from wherever it stands, and go over its end unless it stands there.</summary>
    internal static string FreshRow(int width) => $"\e[0m{new string(' ', width - 1)}\r\e[K";

    /// <summary>Columns that the prompt takes.</summary>
    internal int Cells(int width) => CellWidth.Of(Text) % width;

    private string Short()
    {
        string shown = Folder;
        if (home.Length > 1 && (shown == home || shown.StartsWith(home + '/', StringComparison.Ordinal))) shown = '~' + shown[home.Length..];
        shown = Printable.Escape(shown);
        return shown.Length <= LongestFolder ? shown : '…' + shown[^LongestFolder..];
    }
}
