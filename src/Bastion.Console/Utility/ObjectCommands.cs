using System.Collections;
using System.Management.Automation;
using Bastion.Console.Utility;

namespace Microsoft.PowerShell.Commands;

/// <summary>New-Object for .NET types.</summary>
[Cmdlet(VerbsCommon.New, "Object")]
public sealed class NewObjectCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public string TypeName { get; set; } = "";

    [Parameter(Position = 1)]
    [Alias("Args")]
    public object[] ArgumentList { get; set; } = [];

    [Parameter]
    public IDictionary? Property { get; set; }

    protected override void ProcessRecord()
    {
        if (!LanguagePrimitives.TryConvertTo(TypeName, out Type type))
        {
            ThrowTerminatingError(new ErrorRecord(new PSArgumentException($"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded."), "TypeNotFound", ErrorCategory.InvalidType, targetObject: null));
        }

        // The language's own overload choice
        object made = type == typeof(PSObject) || type == typeof(PSCustomObject) ? new PSObject()
            : ScriptBlock.Create("param($type, $list) $type::new.Invoke($list)").Invoke(type, ArgumentList)[0];
        if (Property is not null) SetProperties(PSObject.AsPSObject(made));
        WriteObject(made);
    }

    private void SetProperties(PSObject made)
    {
        foreach (DictionaryEntry pair in Property!)
        {
            string name = Values.Text(pair.Key);
            if (made.BaseObject is PSCustomObject) made.Properties.Add(new PSNoteProperty(name, pair.Value));
            else if (made.Properties[name] is { } property) property.Value = pair.Value;
            else WriteError(new ErrorRecord(new PSArgumentException($"The member \"{name}\" was not found for the specified {TypeName} object."), "InvalidMember", ErrorCategory.InvalidOperation, made));
        }
    }
}

/// <summary>Get-Member.</summary>
[Cmdlet(VerbsCommon.Get, "Member")]
public sealed class GetMemberCommand : PSCmdlet
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private bool _hadInput;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    [Parameter]
    public SwitchParameter Static { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        _hadInput = true;
        PSObject subject = Static ? PSObject.AsPSObject(InputObject.BaseObject as Type ?? InputObject.BaseObject.GetType()) : InputObject;
        string type = Static ? $"{subject.BaseObject}" : InputObject.TypeNames.Count > 0 ? InputObject.TypeNames[0] : "<null>";
        if (!_seen.Add(type)) return;
        if (Static) throw new PSNotSupportedException("Get-Member -Static is not here; [type] | Get-Member shows the type's own.");
        foreach (PSMemberInfo member in InputObject.Members.OrderBy(m => Rank(m.MemberType)).ThenBy(m => m.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (!MemberType.HasFlag(member.MemberType) || !Name.Any(n => WildcardPattern.Get(n, WildcardOptions.IgnoreCase).IsMatch(member.Name))) continue;
            if (!Force && (member.MemberType is PSMemberTypes.MemberSet or PSMemberTypes.PropertySet && member.Name.StartsWith("ps", StringComparison.OrdinalIgnoreCase))) continue;
            if (!Force && IsAccessor(member.Name)) continue;
            var definition = new PSObject();
            definition.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.MemberDefinition");
            definition.Properties.Add(new PSNoteProperty("TypeName", type));
            definition.Properties.Add(new PSNoteProperty("Name", member.Name));
            definition.Properties.Add(new PSNoteProperty("MemberType", member.MemberType));
            definition.Properties.Add(new PSNoteProperty("Definition", member.ToString()));
            WriteObject(definition);
        }
    }

    protected override void EndProcessing()
    {
        if (!_hadInput) WriteError(new ErrorRecord(new InvalidOperationException("You must specify an object for the Get-Member cmdlet."), "NoObjectInGetMember", ErrorCategory.CloseError, targetObject: null));
    }

    private static bool IsAccessor(string name) =>
        name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal)
        || name.StartsWith("add_", StringComparison.Ordinal) || name.StartsWith("remove_", StringComparison.Ordinal);

    private static int Rank(PSMemberTypes type) => type switch
    {
        PSMemberTypes.Event => 0,
        PSMemberTypes.Method or PSMemberTypes.CodeMethod or PSMemberTypes.ScriptMethod => 1,
        PSMemberTypes.NoteProperty => 2,
        PSMemberTypes.ParameterizedProperty => 3,
        PSMemberTypes.AliasProperty => -1,
        _ => 4,
    };
}

/// <summary>Add-Member for note and script properties and methods.</summary>
[Cmdlet(VerbsCommon.Add, "Member", DefaultParameterSetName = "Member")]
public sealed class AddMemberCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    [Parameter(ParameterSetName = "Member", Mandatory = true, Position = 0)]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; }

    [Parameter(ParameterSetName = "Member", Mandatory = true, Position = 1)]
    public string Name { get; set; } = "";

    [Parameter(ParameterSetName = "Member", Position = 2)]
    public object? Value { get; set; }

    [Parameter(ParameterSetName = "Notes", Mandatory = true, Position = 0)]
    public IDictionary NotePropertyMembers { get; set; } = new Hashtable();

    [Parameter(ParameterSetName = "Note", Mandatory = true, Position = 0)]
    public string NotePropertyName { get; set; } = "";

    [Parameter(ParameterSetName = "Note", Mandatory = true, Position = 1)]
    [AllowNull]
    public object? NotePropertyValue { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case "Note": Add(new PSNoteProperty(NotePropertyName, NotePropertyValue)); break;
            case "Notes": foreach (DictionaryEntry pair in NotePropertyMembers) Add(new PSNoteProperty(Values.Text(pair.Key), pair.Value)); break;
            default:
                Add(MemberType switch
                {
                    PSMemberTypes.NoteProperty => new PSNoteProperty(Name, Value),
                    PSMemberTypes.ScriptProperty => new PSScriptProperty(Name, LanguagePrimitives.ConvertTo<ScriptBlock>(Value)),
                    PSMemberTypes.ScriptMethod => new PSScriptMethod(Name, LanguagePrimitives.ConvertTo<ScriptBlock>(Value)),
                    PSMemberTypes.AliasProperty => new PSAliasProperty(Name, Values.Text(Value)),
                    _ => throw new PSNotSupportedException($"Add-Member cannot add a {MemberType} here."),
                });
                break;
        }

        if (PassThru) WriteObject(InputObject);
    }

    private void Add(PSMemberInfo member)
    {
        if (InputObject.Members[member.Name] is not null)
        {
            if (!Force)
            {
                WriteError(new ErrorRecord(new InvalidOperationException($"Cannot add a member with the name \"{member.Name}\" because a member with that name already exists. To overwrite the member anyway, add the Force parameter to your command."), "MemberAlreadyExists", ErrorCategory.InvalidOperation, InputObject));
                return;
            }

            InputObject.Members.Remove(member.Name);
        }

        InputObject.Members.Add(member);
    }
}

/// <summary>Get-Random: numbers below a maximum, or items of a list.</summary>
[Cmdlet(VerbsCommon.Get, "Random", DefaultParameterSetName = "Number")]
public sealed class GetRandomCommand : PSCmdlet
{
    private readonly List<object> _items = [];

    [Parameter(ParameterSetName = "Number", Position = 0)] public int Maximum { get; set; } = int.MaxValue;
    [Parameter(ParameterSetName = "Number")] public int Minimum { get; set; }
    [Parameter(ParameterSetName = "List", Mandatory = true, Position = 0, ValueFromPipeline = true)] public object[] InputObject { get; set; } = [];
    [Parameter(ParameterSetName = "List")] public SwitchParameter Shuffle { get; set; }
    [Parameter] [ValidateRange(1, int.MaxValue)] public int Count { get; set; } = 1;

    protected override void ProcessRecord() => _items.AddRange(InputObject);

    protected override void EndProcessing()
    {
        if (ParameterSetName == "Number")
        {
            for (int i = 0; i < Count; i++) WriteObject(System.Security.Cryptography.RandomNumberGenerator.GetInt32(Minimum, Maximum));
            return;
        }

        object[] items = [.. _items];
        System.Security.Cryptography.RandomNumberGenerator.Shuffle(items.AsSpan());
        WriteObject(items.Take(Shuffle ? items.Length : Count), enumerateCollection: true);
    }
}

/// <summary>New-Guid.</summary>
[Cmdlet(VerbsCommon.New, "Guid")]
[OutputType(typeof(Guid))]
public sealed class NewGuidCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(Guid.NewGuid());
}

/// <summary>Get-Unique: of a sorted list.</summary>
[Cmdlet(VerbsCommon.Get, "Unique")]
public sealed class GetUniqueCommand : PSCmdlet
{
    private PSObject? _last;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null || (_last is not null && Values.Compare(_last, InputObject, ignoreCase: false) == 0)) return;
        _last = InputObject;
        WriteObject(InputObject);
    }
}

/// <summary>Compare-Object.</summary>
[Cmdlet(VerbsData.Compare, "Object")]
[Alias("compare")]
public sealed class CompareObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _difference = [];

    [Parameter(Position = 0, Mandatory = true)]
    [AllowEmptyCollection]
    public PSObject[] ReferenceObject { get; set; } = [];

    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public PSObject[] DifferenceObject { get; set; } = [];

    [Parameter]
    public object[]? Property { get; set; }

    [Parameter] public SwitchParameter IncludeEqual { get; set; }
    [Parameter] public SwitchParameter ExcludeDifferent { get; set; }
    [Parameter] public SwitchParameter CaseSensitive { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => _difference.AddRange(DifferenceObject);

    protected override void EndProcessing()
    {
        List<PropertyPick> picks = PropertyPick.Read(Property, "Expression");
        List<PSObject> left = [.. ReferenceObject];
        var right = new List<PSObject>();
        foreach (PSObject one in _difference)
        {
            int at = left.FindIndex(other => AreSame(one, other, picks));
            if (at < 0)
            {
                right.Add(one);
                continue;
            }

            left.RemoveAt(at);
            if (IncludeEqual || ExcludeDifferent) Emit(one, "==", picks);
        }

        if (ExcludeDifferent) return;
        right.ForEach(item => Emit(item, "=>", picks));
        left.ForEach(item => Emit(item, "<=", picks));
    }

    private bool AreSame(PSObject one, PSObject other, List<PropertyPick> picks) => picks.Count == 0
        ? Values.Compare(one, other, !CaseSensitive) == 0
        : picks.TrueForAll(p => Values.Compare(p.Value(one), p.Value(other), !CaseSensitive) == 0);

    private void Emit(PSObject item, string side, List<PropertyPick> picks)
    {
        PSObject result = PassThru ? item : new PSObject();
        if (!PassThru)
        {
            foreach ((string name, object? value) in picks.SelectMany(p => p.Values(item))) result.Properties.Add(new PSNoteProperty(name, value));
            if (picks.Count == 0) result.Properties.Add(new PSNoteProperty("InputObject", item));
        }

        result.Properties.Add(new PSNoteProperty("SideIndicator", side));
        WriteObject(result);
    }
}

/// <summary>Tee-Object.</summary>
[Cmdlet("Tee", "Object", DefaultParameterSetName = "File")]
public sealed class TeeObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "File")]
    [Alias("Path")]
    public string FilePath { get; set; } = "";

    [Parameter(ParameterSetName = "File")]
    public SwitchParameter Append { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Variable")]
    public string Variable { get; set; } = "";

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        _items.Add(InputObject);
        WriteObject(InputObject);
    }

    protected override void EndProcessing()
    {
        if (ParameterSetName == "Variable") SessionState.PSVariable.Set(Variable, _items.Count == 1 ? _items[0] : _items.ToArray());
        else ScriptBlock.Create("param($items, $file, $append) $items | Out-File -LiteralPath $file -Append:$append").Invoke(_items, FilePath, Append.IsPresent);
    }
}
