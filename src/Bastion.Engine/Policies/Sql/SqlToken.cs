namespace Bastion.Policies.Sql;

internal enum SqlTokenKind
{
    /// <summary>A name or keyword without quotes.</summary>
    Word,
    /// <summary>A name in quotes.</summary>
    Quoted,
    /// <summary>A text in quotes.</summary>
    Text,
    Number,
    /// <summary><c>@x</c>, <c>@@x</c>, <c>$1</c>.</summary>
    Variable,
    /// <summary>One character.</summary>
    Symbol,
}

/// <summary>A piece of SQL.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Names as the server knows them: quotes resolved, folded where it folds.</param>
/// <param name="Key">A word in capitals; empty for all else.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Value, string Key, int Start, int End)
{
    internal bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.Quoted;

    internal bool Is(char symbol) => Kind == SqlTokenKind.Symbol && Value[0] == symbol;
}
