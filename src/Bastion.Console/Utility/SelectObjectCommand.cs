using System.Collections;
using System.Management.Automation;
using Bastion.Console.Host;
using Bastion.Console.Utility;

namespace Microsoft.PowerShell.Commands;

/// <summary>Select-Object.</summary>
[Cmdlet(VerbsCommon.Select, "Object", DefaultParameterSetName = "Default")]
[Alias("select")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> _held = new();
    private readonly List<PSObject> _seen = [];
    private List<PropertyPick> _properties = [];
    private WildcardPattern[] _excluded = [];
    private PropertyPick? _expanded;
    private HashSet<int>? _indexes;
    private int _number;
    private int _given;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public string[] ExcludeProperty { get; set; } = [];

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseInsensitive { get; set; }

    [Parameter(ParameterSetName = "Default")]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; }

    [Parameter(ParameterSetName = "Default")]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = -1;

    [Parameter(ParameterSetName = "Default")]
    [Parameter(ParameterSetName = "SkipLast")]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    [Parameter(ParameterSetName = "SkipLast", Mandatory = true)]
    [ValidateRange(0, int.MaxValue)]
    public int SkipLast { get; set; }

    [Parameter(ParameterSetName = "Index", Mandatory = true)]
    [ValidateRange(0, int.MaxValue)]
    public int[] Index { get; set; } = [];

    [Parameter(ParameterSetName = "Default")]
    [Parameter(ParameterSetName = "Index")]
    public SwitchParameter Wait { get; set; }

    protected override void BeginProcessing()
    {
        _properties = PropertyPick.Read(Property is null && ExcludeProperty.Length > 0 ? ["*"] : Property, "Name", "Label", "Expression");
        _excluded = [.. ExcludeProperty.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))];
        if (ExpandProperty is not null) _expanded = PropertyPick.Read([ExpandProperty], "Expression")[0];
        if (ParameterSetName == "Index") _indexes = [.. Index];
        if (First == 0 && Last == 0 && !Wait) throw EngineInternals.StopUpstream(this);
    }

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        if (_indexes is not null)
        {
            if (_indexes.Contains(_number++)) Emit(InputObject);
            if (!Wait && _number > _indexes.DefaultIfEmpty(-1).Max()) throw EngineInternals.StopUpstream(this);
            return;
        }

        // With -Last, -Skip counts from the end
        bool isSkippedAtStart = Last == 0 || First > 0;
        if (isSkippedAtStart && _number++ < Skip) return;
        if (SkipLast > 0)
        {
            _held.Enqueue(InputObject);
            if (_held.Count > SkipLast) Emit(_held.Dequeue());
            return;
        }

        if (First >= 0 && _given < First)
        {
            _given++;
            Emit(InputObject);
            if (_given == First && Last == 0 && !Wait) throw EngineInternals.StopUpstream(this);
            return;
        }

        if (Last > 0)
        {
            _held.Enqueue(InputObject);
            if (_held.Count > Last + (First > 0 ? 0 : Skip)) _held.Dequeue();
            return;
        }

        if (First < 0) Emit(InputObject);
    }

    protected override void EndProcessing()
    {
        if (Last == 0) return;
        int count = Math.Min(Last, First > 0 ? _held.Count : Math.Max(0, _held.Count - Skip));
        foreach (PSObject item in _held.Take(count)) Emit(item);
    }

    private void Emit(PSObject input)
    {
        foreach (PSObject result in Shape(input))
        {
            if (Unique && !IsNew(result)) continue;
            WriteObject(result);
        }
    }

    private IEnumerable<PSObject> Shape(PSObject input)
    {
        if (_expanded is not null) return Expand(input);
        if (_properties.Count == 0) return [input];
        var result = new PSObject();
        result.TypeNames.Insert(0, $"Selected.{input.BaseObject.GetType()}");
        foreach ((string name, object? value) in Picked(input)) Add(result, name, value);
        return [result];
    }

    private IEnumerable<(string Name, object? Value)> Picked(PSObject input) =>
        _properties.SelectMany(pick => pick.Values(input)).Where(p => !_excluded.Any(pattern => pattern.IsMatch(p.Name)));

    private void Add(PSObject result, string name, object? value)
    {
        if (result.Properties[name] is null) result.Properties.Add(new PSNoteProperty(name, value));
        else WriteError(new ErrorRecord(new PSArgumentException($"The property cannot be processed because the property \"{name}\" already exists."), "AlreadyExistingUserSpecifiedPropertyNoExpand", ErrorCategory.InvalidOperation, result));
    }

    private IEnumerable<PSObject> Expand(PSObject input)
    {
        List<(string Name, object? Value)> values = [.. _expanded!.Expression.GetValues(input).Select(r => (r.ResolvedExpression.ToString(), r.Exception is null ? r.Result : null))];
        if (values.Count == 0)
        {
            WriteError(new ErrorRecord(new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found."), "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, input));
            yield break;
        }

        List<(string Name, object? Value)> more = [.. Picked(input)];
        foreach ((_, object? value) in values)
        {
            IEnumerable? many = LanguagePrimitives.GetEnumerable(value);
            foreach (object? one in many ?? new[] { value })
            {
                if (one is null) continue;
                PSObject item = more.Count > 0 ? PSObject.AsPSObject(one).Copy() : PSObject.AsPSObject(one);
                foreach ((string name, object? extra) in more) Add(item, name, extra);
                yield return item;
            }
        }
    }

    private bool IsNew(PSObject candidate)
    {
        if (_seen.Exists(known => AreSame(known, candidate))) return false;
        _seen.Add(candidate);
        return true;
    }

    private bool AreSame(PSObject one, PSObject other)
    {
        if (one.BaseObject is not PSCustomObject || other.BaseObject is not PSCustomObject) return LanguagePrimitives.Equals(one.BaseObject, other.BaseObject, CaseInsensitive);
        List<PSPropertyInfo> some = [.. one.Properties], others = [.. other.Properties];
        return some.Count == others.Count && some.Zip(others).All(pair =>
            string.Equals(pair.First.Name, pair.Second.Name, StringComparison.OrdinalIgnoreCase) && LanguagePrimitives.Equals(pair.First.Value, pair.Second.Value, CaseInsensitive));
    }
}
