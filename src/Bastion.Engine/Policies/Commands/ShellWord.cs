namespace Bastion.Policies.Commands;

/// <summary>A word of a command, as far as it is known before it runs.</summary>
/// <param name="Text">Its value up to the first part that is not known; the whole value when it is literal.</param>
/// <param name="Source">As it was typed.</param>
/// <param name="IsLiteral">Whether its value is known.</param>
/// <param name="IsOne">Whether it stays one word, whatever its value.</param>
/// <param name="IsPlain">Whether its value is surely harmless in arithmetic: letters, numbers and what arithmetic gave.</param>
/// <param name="IsQuoted">Whether any of it is quoted: it is then no reserved word.</param>
internal sealed record ShellWord(string Text, string Source, bool IsLiteral, bool IsOne, bool IsPlain, bool IsQuoted)
{
    internal static ShellWord Literal(string text) => new(text, text, IsLiteral: true, IsOne: true, IsPlain: false, IsQuoted: true);

    /// <summary>The same, but with a value that is not known.</summary>
    internal ShellWord Unknown() => this with { Text = "", IsLiteral = false, IsOne = false };

    /// <summary>Whether it could begin with a text, given what is known.</summary>
    internal bool MayBegin(string text) => IsLiteral ? Text.StartsWith(text, StringComparison.Ordinal)
        : Text.StartsWith(text, StringComparison.Ordinal) || text.StartsWith(Text, StringComparison.Ordinal);
}

/// <summary>A variable that is set, alone or before a command.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">Its value.</param>
internal sealed record ShellAssignment(string Name, ShellWord Value);

/// <summary>What can't be parsed.</summary>
internal sealed class ShellSyntaxException(string message) : Exception(message);
