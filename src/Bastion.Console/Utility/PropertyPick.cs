using System.Collections;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace Bastion.Console.Utility;

/// <summary>One entry of a -Property list: a name, a pattern, a script block, or a table with Name/Label and Expression.</summary>
internal sealed class PropertyPick
{
    private PropertyPick(PSPropertyExpression expression, string? name)
    {
        Expression = expression;
        Name = name;
    }

    /// <summary>What to evaluate.</summary>
    public PSPropertyExpression Expression { get; }

    /// <summary>The name given to it; null: the property's own.</summary>
    public string? Name { get; }

    /// <summary>The table's Ascending or Descending; null when it says nothing.</summary>
    public bool? IsDescending { get; private init; }

    /// <summary>Reads the entries; <paramref name="keys"/> are the table keys that this cmdlet knows.</summary>
    public static List<PropertyPick> Read(IEnumerable<object>? entries, params ReadOnlySpan<string> keys)
    {
        var picks = new List<PropertyPick>();
        foreach (object entry in entries ?? []) picks.Add(Read(entry, keys));
        return picks;
    }

    /// <summary>All values with their names for an object: several where a pattern matches several.</summary>
    public IEnumerable<(string Name, object? Value)> Values(PSObject input)
    {
        foreach (PSPropertyExpression resolved in Expression.ResolveNames(input))
        {
            List<PSPropertyExpressionResult> results = resolved.GetValues(input);
            if (results.Count == 0) yield return (Name ?? resolved.ToString(), null);
            foreach (PSPropertyExpressionResult result in results) yield return (Name ?? result.ResolvedExpression?.ToString() ?? resolved.ToString(), result.Exception is null ? result.Result : null);
        }
    }

    /// <summary>The one value; null when there is none.</summary>
    public object? Value(PSObject input)
    {
        foreach ((_, object? value) in Values(input)) return value;
        return null;
    }

    private static PropertyPick Read(object entry, ReadOnlySpan<string> keys)
    {
        object inner = entry is PSObject wrapped ? wrapped.BaseObject : entry;
        if (inner is not IDictionary table) return new PropertyPick(ToExpression(inner), name: null);
        string? name = null;
        bool? isDescending = null;
        object? expression = null;
        foreach (DictionaryEntry pair in table)
        {
            string key = Key($"{pair.Key}", keys);
            switch (key)
            {
                case "Expression": expression = pair.Value; break;
                case "Name" or "Label": name = LanguagePrimitives.ConvertTo<string>(pair.Value); break;
                case "Descending": isDescending = LanguagePrimitives.IsTrue(pair.Value); break;
                case "Ascending": isDescending = !LanguagePrimitives.IsTrue(pair.Value); break;
            }
        }

        if (expression is null) throw new PSArgumentException("The property table has no Expression.");
        return new PropertyPick(ToExpression(expression is PSObject wrappedExpression ? wrappedExpression.BaseObject : expression), name) { IsDescending = isDescending };
    }

    // A key can be cut short as long as it says which: e, n, l, desc
    private static string Key(string given, ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (given.Length > 0 && key.StartsWith(given, StringComparison.OrdinalIgnoreCase)) return key;
        }

        throw new PSArgumentException($"The key '{given}' is not known here; {string.Join(", ", keys.ToArray())} are.");
    }

    private static PSPropertyExpression ToExpression(object value) => value switch
    {
        ScriptBlock script => new PSPropertyExpression(script),
        string { Length: > 0 } name => new PSPropertyExpression(name),
        _ => new PSPropertyExpression(LanguagePrimitives.ConvertTo<string>(value)),
    };
}
