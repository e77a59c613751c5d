using Bastion.Prompt;

namespace Bastion.Sessions.Checked;

/// <summary>The prompt: who, where, and the last exit code if it was not 0.</summary>
internal sealed class ShellPrompt(string account, string asset, bool isRoot, string home)
{
    private const int LongestFolder = 40;
    private readonly string _home = home;

    /// <summary>Where the shell is. Text of unknown origin.</summary>
    internal string Folder { get; set; } = home;

    /// <summary>Exit code of the last command.</summary>
    internal int Status { get; set; }

    internal string Text => $"{(Status == 0 ? "" : $"[{Status}] ")}{Printable.Escape(account)}@{Printable.Escape(asset)}:{Short()}{(isRoot ? '#' : '$')} ";

    /// <summary>What brings the cursor to the beginning of a row of its own: blanks that fill the row from wherever it stands, and go over its end unless it stands there.</summary>
    internal static string FreshRow(int width) => $"\e[0m{new string(' ', width - 1)}\r\e[K";

    /// <summary>Columns that the prompt takes.</summary>
    internal int Cells(int width) => CellWidth.Of(Text) % width;

    private string Short()
    {
        string folder = Folder;
        if (_home.Length > 1 && (folder == _home || folder.StartsWith(_home + '/', StringComparison.Ordinal))) folder = '~' + folder[_home.Length..];
        folder = Printable.Escape(folder);
        return folder.Length <= LongestFolder ? folder : '…' + folder[^LongestFolder..];
    }
}
