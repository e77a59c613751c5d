using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Bastion.Specs.Should;

/// <summary>Comparisons as PowerShell's operators make them, through the engine's own <see cref="LanguagePrimitives"/>.</summary>
internal static class Compare
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Equal, lists element by element; a list of one is its element.</summary>
    public static bool AreSame(object? actual, object? expected, bool isCaseSensitive)
    {
        IList? some = List(actual), others = List(expected);
        if (some is null && others is null) return Equal(actual, expected, isCaseSensitive);
        if (some is null) return others!.Count == 1 && AreSame(actual, others[0], isCaseSensitive);
        if (others is null) return some.Count == 1 && AreSame(some[0], expected, isCaseSensitive);
        if (some.Count != others.Count) return false;
        for (int i = 0; i < some.Count; i++)
        {
            if (!AreSame(some[i], others[i], isCaseSensitive)) return false;
        }

        return true;
    }

    /// <summary>Less than, equal to or greater than zero; things that have no order are an error.</summary>
    public static int Order(object? actual, object? expected) => LanguagePrimitives.Compare(Base(actual), Base(expected), ignoreCase: true);

    /// <summary>-like and -clike.</summary>
    public static bool IsLike(object? actual, object? pattern, bool isCaseSensitive) =>
        WildcardPattern.Get(Text(pattern), isCaseSensitive ? WildcardOptions.None : WildcardOptions.IgnoreCase).IsMatch(Text(actual));

    /// <summary>-match and -cmatch.</summary>
    public static bool Matches(object? actual, string pattern, bool isCaseSensitive) =>
        Regex.IsMatch(Text(actual), pattern, isCaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase, Limit);

    /// <summary>-contains.</summary>
    public static bool Contains(object? many, object? one)
    {
        if (List(many) is not { } list) return Equal(many, one, isCaseSensitive: false);
        foreach (object? element in list)
        {
            if (Equal(element, one, isCaseSensitive: false)) return true;
        }

        return false;
    }

    /// <summary>How many there are: none for nothing.</summary>
    public static int Count(object? many) => many is null ? 0 : List(many) is { } list ? list.Count is 1 && List(list[0]) is { } inner ? inner.Count : list.Count : 1;

    /// <summary>Null, an empty text, an empty list or table.</summary>
    public static bool IsNullOrEmpty(object? actual) => Base(actual) switch
    {
        null => true,
        string text => text.Length == 0,
        object?[] { Length: 1 } one => IsNullOrEmpty(one[0]),
        ICollection many => many.Count == 0,
        _ => false,
    };

    private static bool Equal(object? actual, object? expected, bool isCaseSensitive) =>
        LanguagePrimitives.Equals(Base(actual), Base(expected), ignoreCase: !isCaseSensitive, CultureInfo.InvariantCulture);

    private static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(Base(value) ?? "");

    // Custom objects keep their wrapper: it is the object
    private static object? Base(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static IList? List(object? value) => Base(value) switch
    {
        string => null,
        IDictionary => null,
        IList list => list,
        _ => null,
    };
}
