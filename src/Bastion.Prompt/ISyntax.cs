namespace Bastion.Prompt;

/// <summary>What the language says about a line.</summary>
internal interface ISyntax
{
    /// <summary>The text ends inside of something: another line has to follow.</summary>
    bool IsUnfinished(string text);

    /// <summary>An escape sequence for each index; null for no colours at all.</summary>
    string[]? Styles(string text);

    /// <summary>The ways to go on from the cursor; null for none.</summary>
    Completions? Complete(string text, int cursor);
}
