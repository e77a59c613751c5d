using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using Bastion.Prompt;

namespace Bastion.Console.Prompt;

/// <summary>PowerShell as the line editor sees it: its parser and its completion.</summary>
/// <param name="isColoured">Whether tokens have colours.</param>
internal sealed class Language(bool isColoured) : ISyntax
{
    /// <inheritdoc/>
    public bool IsUnfinished(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return Array.Exists(errors, error => error.IncompleteInput);
    }

    /// <inheritdoc/>
    public string[]? Styles(string text)
    {
        if (!isColoured) return null;
        Parser.ParseInput(text, out Token[] tokens, out _);
        string[] styles = new string[text.Length];
        Array.Fill(styles, "");
        foreach (Token token in tokens) Paint(token, styles);
        return styles;
    }

    /// <inheritdoc/>
    public Completions? Complete(string text, int cursor)
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        CommandCompletion found = CommandCompletion.CompleteInput(text, cursor, options: null, shell);
        return found.CompletionMatches.Count == 0
            ? null
            : new Completions(found.ReplacementIndex, found.ReplacementLength, [.. found.CompletionMatches.Select(m => new Completion(m.CompletionText, m.ListItemText, m.ToolTip))]);
    }

    private static void Paint(Token token, string[] styles)
    {
        int end = Math.Min(token.Extent.EndOffset, styles.Length);
        if (Style(token) is { } style)
        {
            for (int i = token.Extent.StartOffset; i < end; i++) styles[i] = style;
        }

        if (token is StringExpandableToken { NestedTokens: { } nested })
        {
            foreach (Token inner in nested) Paint(inner, styles);
        }
    }

    private static string? Style(Token token) => token switch
    {
        { TokenFlags: var flags } when flags.HasFlag(TokenFlags.CommandName) => "\e[93m",
        { TokenFlags: var flags } when flags.HasFlag(TokenFlags.Keyword) => "\e[92m",
        VariableToken => "\e[92m",
        StringToken { Kind: not TokenKind.Generic } => "\e[36m",
        NumberToken => "\e[97m",
        ParameterToken => "\e[90m",
        { Kind: TokenKind.Comment } => "\e[32m",
        { TokenFlags: var flags } when (flags & (TokenFlags.BinaryOperator | TokenFlags.UnaryOperator | TokenFlags.AssignmentOperator)) != TokenFlags.None => "\e[90m",
        { TokenFlags: var flags } when flags.HasFlag(TokenFlags.TypeName) => "\e[37m",
        _ => null,
    };
}
