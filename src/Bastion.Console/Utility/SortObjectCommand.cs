using System.Globalization;
using System.Management.Automation;
using Bastion.Console.Utility;

namespace Microsoft.PowerShell.Commands;

/// <summary>Sort-Object; stable.</summary>
[Cmdlet("Sort", "Object", DefaultParameterSetName = "Default")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _input = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter(ParameterSetName = "Default")]
    public SwitchParameter Stable { get; set; }

    [Parameter(ParameterSetName = "Top", Mandatory = true)]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; }

    [Parameter(ParameterSetName = "Bottom", Mandatory = true)]
    [ValidateRange(1, int.MaxValue)]
    public int Bottom { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null) _input.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        List<PropertyPick> picks = PropertyPick.Read(Property, "Expression", "Ascending", "Descending");
        var keyed = _input.ConvertAll(item => (Item: item, Keys: picks.Count == 0 ? [item] : picks.Select(p => p.Value(item)).ToArray()));
        bool[] isDescending = picks.Count == 0 ? [Descending] : [.. picks.Select(p => p.IsDescending ?? (bool)Descending)];
        var comparer = Comparer<object?[]>.Create((one, other) => Compare(one, other, isDescending));
        List<(PSObject Item, object?[] Keys)> sorted = [.. keyed.OrderBy(k => k.Keys, comparer)];
        if (Unique) sorted = [.. sorted.Where((k, i) => i == 0 || comparer.Compare(sorted[i - 1].Keys, k.Keys) != 0)];
        IEnumerable<(PSObject Item, object?[] Keys)> chosen = Top > 0 ? sorted.Take(Top) : Bottom > 0 ? sorted.TakeLast(Bottom) : sorted;
        foreach ((PSObject item, _) in chosen) WriteObject(item);
    }

    private int Compare(object?[] one, object?[] other, bool[] isDescending)
    {
        for (int i = 0; i < one.Length; i++)
        {
            int order = Values.Compare(one[i], other[i], !CaseSensitive);
            if (order != 0) return isDescending[i] ? -order : order;
        }

        return 0;
    }
}

/// <summary>Order of any two values: the engine's, else that of their texts.</summary>
internal static class Values
{
    public static int Compare(object? one, object? other, bool ignoreCase)
    {
        object? a = one is PSObject p ? p.BaseObject : one, b = other is PSObject q ? q.BaseObject : other;
        if (LanguagePrimitives.TryCompare(a, b, ignoreCase, CultureInfo.CurrentCulture, out int order)) return order;
        return string.Compare(Text(one), Text(other), CultureInfo.CurrentCulture, ignoreCase ? CompareOptions.IgnoreCase : CompareOptions.None);
    }

    public static string Text(object? value) => value is null ? "" : LanguagePrimitives.ConvertTo<string>(value);
}
