using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text;
using Bastion.Console.Utility;

namespace Microsoft.PowerShell.Commands;

/// <summary>ConvertTo-Json.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
[OutputType(typeof(string))]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> _input = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    [Parameter]
    public SwitchParameter EnumsAsStrings { get; set; }

    [Parameter]
    public SwitchParameter AsArray { get; set; }

    protected override void ProcessRecord() => _input.Add(InputObject);

    protected override void EndProcessing()
    {
        if (_input.Count == 0) return;
        object? whole = _input.Count > 1 || AsArray ? _input : _input[0];
        var writer = new JsonText(Depth, Compress, EnumsAsStrings);
        string text = writer.Write(whole);
        if (writer.WasCut) WriteWarning($"Resulting JSON is truncated as serialization has exceeded the set depth of {Depth}.");
        WriteObject(text);
    }
}

/// <summary>Objects as JSON text in the layout of pwsh: two spaces, dates in ISO 8601, what is too deep as text.</summary>
internal sealed class JsonText(int depth, bool compress, bool enumsAsStrings)
{
    private readonly StringBuilder _text = new();

    public bool WasCut { get; private set; }

    public string Write(object? value)
    {
        Put(value, 0);
        return _text.ToString();
    }

    private void Put(object? value, int level)
    {
        object? inner = value is PSObject wrapped ? wrapped.BaseObject : value;
        switch (inner)
        {
            case null or DBNull or System.Management.Automation.Language.NullString: _text.Append("null"); return;
            case string or char or Guid or Uri or Version or SemanticVersion: Quote(Values.Text(inner)); return;
            case bool truth: _text.Append(truth ? "true" : "false"); return;
            case DateTime time: Quote(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)); return;
            case DateTimeOffset time: Quote(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)); return;
            case Enum number when !enumsAsStrings: _text.Append(Convert.ToInt64(number, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)); return;
            case Enum name: Quote(name.ToString()); return;
            case double number: _text.Append(Number(number)); return;
            case float number: _text.Append(Number(number)); return;
            case decimal number: _text.Append(number % 1 == 0 && number.Scale == 0 ? number.ToString("0.0", CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture)); return;
            case byte or sbyte or short or ushort or int or uint or long or ulong or System.Numerics.BigInteger: _text.Append(Convert.ToString(inner, CultureInfo.InvariantCulture)); return;
        }

        if (level > depth)
        {
            WasCut = true;
            Quote(value is PSObject { BaseObject: PSCustomObject } ? LanguagePrimitives.ConvertTo<string>(value) : Values.Text(inner));
            return;
        }

        if (inner is IDictionary table) PutMembers(table.Cast<DictionaryEntry>().Select(pair => ($"{pair.Key}", pair.Value)), level);
        else if (inner is IEnumerable many) PutItems(many, level);
        else PutMembers(Members(PSObject.AsPSObject(value!)), level);
    }

    private static IEnumerable<(string Name, object? Value)> Members(PSObject value)
    {
        foreach (PSPropertyInfo property in value.Properties)
        {
            if (!property.IsGettable) continue;
            object? result;
            try
            {
                result = property.Value;
            }
            catch (GetValueException)
            {
                result = null;
            }

            yield return (property.Name, result);
        }
    }

    private void PutMembers(IEnumerable<(string Name, object? Value)> members, int level)
    {
        _text.Append('{');
        bool isFirst = true;
        foreach ((string name, object? value) in members)
        {
            Separate(ref isFirst, level + 1);
            Quote(name);
            _text.Append(compress ? ":" : ": ");
            Put(value, level + 1);
        }

        End('}', isFirst, level);
    }

    private void PutItems(IEnumerable items, int level)
    {
        _text.Append('[');
        bool isFirst = true;
        foreach (object? item in items)
        {
            Separate(ref isFirst, level + 1);
            Put(item, level + 1);
        }

        End(']', isFirst, level);
    }

    private void Separate(ref bool isFirst, int level)
    {
        if (!isFirst) _text.Append(',');
        isFirst = false;
        Break(level);
    }

    private void End(char end, bool isEmpty, int level)
    {
        if (!isEmpty) Break(level);
        _text.Append(end);
    }

    private void Break(int level)
    {
        if (!compress) _text.Append(Environment.NewLine).Append(' ', level * 2);
    }

    private static string Number(double number) =>
        double.IsNaN(number) || double.IsInfinity(number) ? $"\"{number.ToString(CultureInfo.InvariantCulture)}\""
        : number % 1 == 0 && Math.Abs(number) < 1e15 ? number.ToString("0.0", CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);

    private void Quote(string text)
    {
        _text.Append('"');
        foreach (char c in text)
        {
            switch (c)
            {
                case '"': _text.Append("\\\""); break;
                case '\\': _text.Append("\\\\"); break;
                case '\n': _text.Append("\\n"); break;
                case '\r': _text.Append("\\r"); break;
                case '\t': _text.Append("\\t"); break;
                case '\b': _text.Append("\\b"); break;
                case '\f': _text.Append("\\f"); break;
                case < ' ' or '\u0085' or '\u2028' or '\u2029': _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: _text.Append(c); break;
            }
        }

        _text.Append('"');
    }
}

/// <summary>ConvertFrom-Json.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly StringBuilder _text = new();

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 1024;

    protected override void ProcessRecord() => _text.AppendLine(InputObject);

    protected override void EndProcessing()
    {
        string text = _text.ToString();
        if (string.IsNullOrWhiteSpace(text)) return;
        try
        {
            var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = Depth };
            using JsonDocument document = JsonDocument.Parse(text, options);
            WriteObject(Value(document.RootElement), enumerateCollection: !NoEnumerate);
        }
        catch (JsonException e)
        {
            ThrowTerminatingError(new ErrorRecord(new ArgumentException($"Conversion from JSON failed with error: {e.Message}", e), "System.ArgumentException", ErrorCategory.NotSpecified, targetObject: null));
        }
    }

    private object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => AsHashtable ? Table(element) : Custom(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.String => Text(element.GetString()!),
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? whole
            : System.Numerics.BigInteger.TryParse(element.GetRawText(), CultureInfo.InvariantCulture, out System.Numerics.BigInteger big) ? big
            : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    // As pwsh: a whole ISO 8601 time is a date
    private static object Text(string text) =>
        text.Length >= 19 && char.IsAsciiDigit(text[0]) && text[10] == 'T'
        && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime time) ? time : text;

    private PSObject Custom(JsonElement element)
    {
        var custom = new PSObject();
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (custom.Properties[member.Name] is not null)
                throw new JsonException($"The object has keys that differ in case only: '{member.Name}'. Use -AsHashtable.");
            custom.Properties.Add(new PSNoteProperty(member.Name, Value(member.Value)));
        }

        return custom;
    }

    private System.Management.Automation.OrderedHashtable Table(JsonElement element)
    {
        var table = new System.Management.Automation.OrderedHashtable();
        foreach (JsonProperty member in element.EnumerateObject()) table[member.Name] = Value(member.Value);
        return table;
    }
}
