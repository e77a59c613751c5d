using System.Text.Json;
using Bastion.Policies.Sql;

namespace Bastion.Policies.Rules;

/// <summary>
/// Which SQL statements may run, by what they do and by the tables that they name. Every statement of a text is decided, with all that it does;
/// denied goes before allowed. What hides what it does is denied, unless that is allowed.
/// </summary>
public sealed class StatementControl : PolicyRule
{
    internal const string Name = "StatementControl";

    private StatementControl()
    {
    }

    /// <inheritdoc/>
    public override string Section => Name;

    /// <summary>Only statements that do nothing but these; <see langword="null"/>: all that are not denied.</summary>
    public IReadOnlyList<SqlStatementKind>? Allow { get; private init; }

    /// <summary>No statement that does one of these.</summary>
    public IReadOnlyList<SqlStatementKind> Deny { get; private init; } = [];

    /// <summary>Only these tables; <see langword="null"/>: all that are not denied.</summary>
    public IReadOnlyList<SqlTablePattern>? AllowTables { get; private init; }

    /// <summary>These tables never.</summary>
    public IReadOnlyList<SqlTablePattern> DenyTables { get; private init; } = [];

    /// <summary>Whether statements may run that hide what they do (procedures, prepared texts, functions that are not known).</summary>
    public bool AllowOpaque { get; private init; }

    internal static RuleSection Kind { get; } = new(Name, Read);

    private bool RestrictsNothing => Allow is null && Deny.Count == 0 && AllowTables is null && DenyTables.Count == 0;

    /// <summary>Reads the lists.</summary>
    /// <param name="allow">Kinds of statements; <see langword="null"/>: no allow-list.</param>
    /// <param name="deny">Kinds of statements; <see langword="null"/>: none.</param>
    /// <param name="allowTables">Patterns of tables; <see langword="null"/>: no allow-list.</param>
    /// <param name="denyTables">Patterns of tables; <see langword="null"/>: none.</param>
    /// <param name="allowOpaque">Whether statements may run that hide what they do.</param>
    /// <exception cref="BastionException">One can't be read, or an allow-list is empty.</exception>
    public static StatementControl Parse(IReadOnlyList<string>? allow, IReadOnlyList<string>? deny, IReadOnlyList<string>? allowTables, IReadOnlyList<string>? denyTables, bool allowOpaque)
    {
        if (allow is { Count: 0 } || allowTables is { Count: 0 }) throw new EmptyRuleException("The allow-list of statements or tables", "An empty one would let nothing run: close the channel instead (-AllowProtocol), or leave it out to restrict nothing.");
        return new StatementControl
        {
            Allow = allow?.Select(ParseKind).Distinct().Order().ToList(),
            Deny = [.. (deny ?? []).Select(ParseKind).Distinct().Order()],
            AllowTables = allowTables?.Select(SqlTablePattern.Parse).ToList(),
            DenyTables = [.. (denyTables ?? []).Select(SqlTablePattern.Parse)],
            AllowOpaque = allowOpaque,
        };
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string?[] parts =
        [
            Allow is null ? null : $"only {string.Join(", ", Allow)}", Deny.Count == 0 ? null : $"not {string.Join(", ", Deny)}",
            AllowTables is null ? null : $"only the tables {List(AllowTables)}", DenyTables.Count == 0 ? null : $"not the tables {List(DenyTables)}",
            AllowOpaque && !RestrictsNothing ? "opaque ones allowed" : null,
        ];
        return RestrictsNothing ? "all statements" : $"statements: {string.Join(", ", parts.OfType<string>())}";
    }

    internal override Verdict Decide(AccessAttempt attempt)
    {
        if (RestrictsNothing) return Verdict.Of(allowed: true, "no statement is restricted.");
        // To whatever asset: a database can be behind it.
        if (attempt.Channel == ProtocolChannel.Tunnel)
            return Verdict.Of(allowed: false, "statements are decided one by one, and what goes through a tunnel can't be decided.");
        if (attempt.Channel != ProtocolChannel.Sql) return Verdict.Of(allowed: true, $"{attempt.Channel} runs no SQL statements that are decided here.");
        return attempt.Statement is { } text ? Decide(text) : Verdict.Of(allowed: false, "statements are decided one by one, and none was named (-Statement).");
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Allow is not null) StrictJson.WriteTexts(json, "allow", Allow.Select(k => k.ToString()));
        StrictJson.WriteTexts(json, "deny", Deny.Select(k => k.ToString()));
        if (AllowTables is not null) StrictJson.WriteTexts(json, "allowTables", AllowTables.Select(t => t.Text));
        StrictJson.WriteTexts(json, "denyTables", DenyTables.Select(t => t.Text));
        json.WriteBoolean("allowOpaque", AllowOpaque);
        json.WriteEndObject();
    }

    private static StatementControl Read(JsonElement element)
    {
        IReadOnlyDictionary<string, JsonElement> members = StrictJson.Members(element, "allow", "deny", "allowTables", "denyTables", "allowOpaque");
        return Parse(StrictJson.TextsOrNull(members, "allow"), StrictJson.Texts(members, "deny"), StrictJson.TextsOrNull(members, "allowTables"), StrictJson.Texts(members, "denyTables"), StrictJson.Flag(members, "allowOpaque"));
    }

    // Not Enum.Parse: that takes numbers and lists too.
    private static SqlStatementKind ParseKind(string word) => Enum.GetValues<SqlStatementKind>().Cast<SqlStatementKind?>().FirstOrDefault(kind => kind.ToString()!.Equals(word?.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new UnknownStatementKindException(word ?? "", Names.Nearest(word ?? "", Enum.GetNames<SqlStatementKind>()));

    private Verdict Decide(SqlText text)
    {
        foreach (SqlStatement statement in text.Statements)
        {
            if (WhyDenied(statement) is { } why) return Verdict.Of(allowed: false, $"{why} The statement is '{Show(statement)}'.");
        }

        string[] hidden = [.. text.Statements.SelectMany(s => s.Opaque)];
        return Verdict.Of(allowed: true, hidden.Length > 0 ? $"opaque statements are allowed, and {hidden[0]}." : $"{(text.Statements.Count == 1 ? "the statement is" : $"all {text.Statements.Count} statements are")} allowed.");
    }

    private string? WhyDenied(SqlStatement statement)
    {
        foreach (SqlStatementKind kind in statement.Kinds)
        {
            if (Deny.Contains(kind)) return $"{kind} is on the deny-list.";
            if (Allow?.Contains(kind) == false) return $"{kind} is not on the allow-list ({string.Join(", ", Allow)}).";
        }

        foreach (SqlTable table in statement.Tables)
        {
            if (DenyTables.FirstOrDefault(p => p.CouldMean(table)) is { } pattern) return $"the table '{Printable.Escape(table.ToString())}' is on the deny-list ({pattern}).";
            if (AllowTables?.Any(p => p.SurelyMeans(table)) == false)
                return $"the table '{Printable.Escape(table.ToString())}' is not on the allow-list ({List(AllowTables)}){(table.Parts.Count == 1 ? "; name it with its schema" : "")}.";
        }

        if (AllowOpaque) return null;
        if (statement.IsOpaque) return $"not all that it does can be seen: {statement.Opaque[0]}. Write it so that it can be, or let an administrator allow opaque statements (-AllowOpaqueStatement).";
        return statement.Kinds.Count == 0 ? "what it does is not known." : null;
    }

    private static string Show(SqlStatement statement) => Printable.Escape(statement.Text.Length > 120 ? statement.Text[..120] + "…" : statement.Text);

    private static string List(IReadOnlyList<SqlTablePattern> patterns) =>
        string.Join(", ", patterns.Take(5)) + (patterns.Count > 5 ? $" and {patterns.Count - 5} more" : "");
}
