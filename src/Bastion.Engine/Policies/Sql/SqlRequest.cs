namespace Bastion.Policies.Sql;

/// <summary>Text for a database, and what its meaning depends on.</summary>
/// <param name="Text">One statement or several.</param>
/// <param name="Dialect">Whose SQL it is.</param>
public sealed record SqlRequest(string Text, SqlDialect Dialect)
{
    /// <summary>Where tables without a schema are looked for; <see langword="null"/>: not known.</summary>
    public string? Schema { get; init; }

    /// <summary>Whether a double quote begins a name (MySQL's <c>ANSI_QUOTES</c>); <see langword="null"/>: not known, and text with one is opaque. The others always do.</summary>
    public bool? AnsiQuotes { get; init; } = Dialect != SqlDialect.MySql;

    /// <summary>Whether a backslash escapes in a plain text (MySQL without <c>NO_BACKSLASH_ESCAPES</c>, PostgreSQL without <c>standard_conforming_strings</c>);
    /// <see langword="null"/>: not known, and text with one is opaque.</summary>
    public bool? BackslashEscapes { get; init; } = Dialect == SqlDialect.MySql;
}
