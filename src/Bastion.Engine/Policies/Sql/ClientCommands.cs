using System.Text.RegularExpressions;

namespace Bastion.Policies.Sql;

/// <summary>What clients take for commands of their own, some of which run programs. They are no SQL; a client that got them would not ask the server.</summary>
internal static partial class ClientCommands
{
    /// <summary>What is wrong with a text; <see langword="null"/>: no client would take it for its own.</summary>
    internal static string? Find(SqlRequest request)
    {
        Match match = request.Dialect == SqlDialect.MySql ? MySql().Match(request.Text) : PSql().Match(request.Text);
        return match.Success ? $"'{match.Value.Trim()}' is a command of a client, not SQL" : null;
    }

    // In any line, as clients read line by line; also in texts and comments, so that it does not matter where a client sees them end.
    [GeneratedRegex(@"^[ \t]*(?:delimiter|source|system|tee|notee|pager|nopager|edit|connect|rehash|resetconnection)(?=[ \t;]|\r?$)|^[ \t]*\\[!.a-zA-Z#?]", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MySql();

    [GeneratedRegex(@"^[ \t]*\\[!?a-zA-Z]+", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PSql();
}
