using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Bastion.Specs.Tree;

/// <summary>Templates in names: <c>&lt;key&gt;</c>, <c>&lt;key.property&gt;</c>, <c>&lt;_&gt;</c>.</summary>
internal static partial class NameTemplate
{
    /// <summary>Fills in what the row has, then what the scope has; the rest stays as written.</summary>
    public static string Expand(string name, object? item, SessionState? scope) => Template().Replace(name, match =>
    {
        string[] path = match.Groups["path"].Value.Split('.');
        if (!TryStart(path[0], item, scope, out object? value)) return match.Value;
        foreach (string step in path.Skip(1)) value = value is null ? null : Member(value, step);
        return Text(value);
    });

    private static bool TryStart(string key, object? item, SessionState? scope, out object? value)
    {
        value = item;
        if (string.Equals(key, "_", StringComparison.Ordinal)) return item is not null;
        if ((item is PSObject wrapped ? wrapped.BaseObject : item) is IDictionary row)
        {
            foreach (DictionaryEntry pair in row)
            {
                if (!string.Equals($"{pair.Key}", key, StringComparison.OrdinalIgnoreCase)) continue;
                value = pair.Value;
                return true;
            }
        }

        if (scope?.PSVariable.Get(key) is not { } variable) return false;
        value = variable.Value;
        return true;
    }

    private static object? Member(object value, string name) =>
        (value is PSObject wrapped ? wrapped.BaseObject : value) is IDictionary table && table.Contains(name)
            ? table[name]
            : PSObject.AsPSObject(value).Properties[name]?.Value;

    private static string Text(object? value) => value switch
    {
        null => "$null",
        PSObject { BaseObject: var inner } wrapped when inner is not PSCustomObject => Text(inner),
        bool truth => truth ? "$true" : "$false",
        string text => text,
        IEnumerable many => string.Join(", ", many.Cast<object?>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    [GeneratedRegex("<(?<path>[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*)>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Template();
}
