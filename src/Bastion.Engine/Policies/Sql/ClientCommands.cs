using System.Text.RegularExpressions;

namespace Bastion.Policies.Sql;

/// <summary>What clients take for commands of their own, some of which run programs. They are no SQL; a client that got them would not ask the server.</summary>
internal static partial class ClientCommands
{
    /// <summary>What is wrong with a text; <see langword="null"/>: no client would take it for its own.</summary>
    internal static string? Find(SqlRequest request)
    {
        Match match = request.Dialect switch
        {
            SqlDialect.MySql => MySql().Match(request.Text),
            SqlDialect.SqlServer => SqlCmd().Match(request.Text),
            _ => PSql().Match(request.Text),
        };
        return match.Success ? $"'{match.Value.Trim()}' is a command of a client, not SQL" : null;
    }

    // In any line, as clients read line by line; also in texts and comments, so that it does not matter where a client sees them end.
    [GeneratedRegex(@"^[ \t]*(?:delimiter|source|system|tee|notee|pager|nopager|edit|connect|rehash|resetconnection)(?=[ \t;]|\r?$)|^[ \t]*\\[!.a-zA-Z#?]", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MySql();

    [GeneratedRegex(@"^[ \t]*\\[!?a-zA-Z]+", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PSql();

    [GeneratedRegex(@"^[ \t]*(?::[ \t]*(?:r|!!|setvar|connect|ed|out|error|perftrace|serverlist|xml|list|reset|on|exit|quit|help|listvar)|!!)[^\r\n]{0,20}|\$\([a-zA-Z_][^)]{0,40}\)", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SqlCmd();
}
