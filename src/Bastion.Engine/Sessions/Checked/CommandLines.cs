using Bastion.Policies.Commands;

namespace Bastion.Sessions.Checked;

/// <summary>Cuts what was entered into commands: each line, and lines that belong together together.</summary>
internal static class CommandLines
{
    internal static IEnumerable<string> Of(string entered)
    {
        string begun = "";
        foreach (string line in entered.Split('\n'))
        {
            begun += begun.Length == 0 ? line : '\n' + line;
            if (CommandText.IsUnfinished(begun)) continue;
            if (!string.IsNullOrWhiteSpace(begun)) yield return begun;
            begun = "";
        }

        if (!string.IsNullOrWhiteSpace(begun)) yield return begun;
    }
}
