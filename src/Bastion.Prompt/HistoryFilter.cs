using System.Text.RegularExpressions;

namespace Bastion.Prompt;

/// <summary>Which lines the history keeps. A line that looks as if it holds a secret is forgotten, not only left out of the file: what is kept comes up again as a suggestion.</summary>
internal static partial class HistoryFilter
{
    /// <summary>Whether a line goes into the history. Not with a blank in front, and not with a word that goes with secrets.</summary>
    public static bool Keeps(string line)
    {
        return line.Length > 0 && !char.IsWhiteSpace(line[0]) && !Secret().IsMatch(line.Replace("-PassThru", "", StringComparison.OrdinalIgnoreCase));
    }

    // Better to forget a line too many than one too few
    [GeneratedRegex("""
        asplaintext | securestring | pass | secret | token | api[-_]?key | pscredential | networkcredential
        | \bpwd\s*= | -pwd\b | connectionstring | authorization | bearer | private\ key | ://[^/\s:@]*:[^/\s@]+@
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Secret();
}
