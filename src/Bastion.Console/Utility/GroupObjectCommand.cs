using System.Collections.ObjectModel;
using System.Collections;
using System.Management.Automation;
using Bastion.Console.Utility;

namespace Microsoft.PowerShell.Commands;

/// <summary>Group-Object; groups come out in the order of their values, as from PowerShell 7.</summary>
[Cmdlet("Group", "Object", DefaultParameterSetName = "Default")]
public sealed class GroupObjectCommand : PSCmdlet
{
    private readonly List<(object?[] Keys, Collection<PSObject> Items)> _groups = [];
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);
    private List<PropertyPick> _picks = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    [Parameter(ParameterSetName = "HashTable", Mandatory = true)]
    [Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    [Parameter(ParameterSetName = "HashTable")]
    public SwitchParameter AsString { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    protected override void BeginProcessing() => _picks = PropertyPick.Read(Property, "Expression");

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        object?[] keys = _picks.Count == 0 ? [InputObject.BaseObject is PSCustomObject ? InputObject : InputObject.BaseObject] : [.. _picks.Select(p => p.Value(InputObject))];
        string text = string.Join('\u0001', keys.Select(Values.Text));
        if (!CaseSensitive) text = text.ToUpperInvariant();
        if (!_byText.TryGetValue(text, out int at))
        {
            at = _groups.Count;
            _byText.Add(text, at);
            _groups.Add((keys, []));
        }

        _groups[at].Items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        if (AsHashTable)
        {
            var table = new Hashtable(CaseSensitive ? StringComparer.CurrentCulture : StringComparer.CurrentCultureIgnoreCase);
            foreach ((object?[] keys, Collection<PSObject> items) in _groups) table[AsString ? Name(keys) : keys[0] is PSObject p ? p.BaseObject : keys[0] ?? ""] = items;
            WriteObject(table);
            return;
        }

        foreach ((object?[] keys, Collection<PSObject> items) in _groups.OrderBy(g => g.Keys, Comparer<object?[]>.Create(Compare))) WriteObject(Info(keys, items));
    }

    private PSObject Info(object?[] keys, Collection<PSObject> items)
    {
        var info = new PSObject();
        info.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GroupInfo");
        if (NoElement) info.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GroupInfoNoElement");
        info.Properties.Add(new PSNoteProperty("Values", new ArrayList(keys)));
        info.Properties.Add(new PSNoteProperty("Count", items.Count));
        if (!NoElement) info.Properties.Add(new PSNoteProperty("Group", items));
        info.Properties.Add(new PSNoteProperty("Name", Name(keys)));
        return info;
    }

    private int Compare(object?[] one, object?[] other)
    {
        for (int i = 0; i < one.Length; i++)
        {
            if (Values.Compare(one[i], other[i], !CaseSensitive) is not 0 and int order) return order;
        }

        return 0;
    }

    private static string Name(object?[] keys) => string.Join(", ", keys.Select(Values.Text));
}
