using Bastion.Policies.Commands;
using Bastion.Prompt;

namespace Bastion.Sessions.Checked;

/// <summary>The shell's language as the line editor sees it.</summary>
internal sealed class ShellSyntax(Func<string, int, Completions?> complete) : ISyntax
{
    public bool IsUnfinished(string text) => CommandText.IsUnfinished(text);

    public string[]? Styles(string text) => null;

    public Completions? Complete(string text, int cursor) => complete(text, cursor);
}
