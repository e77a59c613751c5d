using System.Globalization;
using System.Management.Automation;
using Bastion.Console.Utility;

namespace Microsoft.PowerShell.Commands;

/// <summary>Measure-Object.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object", DefaultParameterSetName = "Generic")]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly Dictionary<string, List<object>> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _unfound = new(StringComparer.OrdinalIgnoreCase);
    private int _count;
    private (int Lines, int Words, int Characters) _text;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string[] Property { get; set; } = [];

    [Parameter(ParameterSetName = "Generic")] public SwitchParameter Sum { get; set; }
    [Parameter(ParameterSetName = "Generic")] public SwitchParameter Average { get; set; }
    [Parameter(ParameterSetName = "Generic")] public SwitchParameter Maximum { get; set; }
    [Parameter(ParameterSetName = "Generic")] public SwitchParameter Minimum { get; set; }
    [Parameter(ParameterSetName = "Generic")] public SwitchParameter StandardDeviation { get; set; }
    [Parameter(ParameterSetName = "Generic")] public SwitchParameter AllStats { get; set; }
    [Parameter(ParameterSetName = "Text")] public SwitchParameter Line { get; set; }
    [Parameter(ParameterSetName = "Text")] public SwitchParameter Word { get; set; }
    [Parameter(ParameterSetName = "Text")] public SwitchParameter Character { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        _count++;
        if (ParameterSetName == "Text")
        {
            string text = Property.Length > 0 ? Values.Text(InputObject.Properties[Property[0]]?.Value) : Values.Text(InputObject);
            _text.Lines += text.Length == 0 ? 0 : text.Count(c => c == '\n') + 1;
            _text.Words += text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
            _text.Characters += text.Length;
            return;
        }

        if (Property.Length == 0) Take("", InputObject.BaseObject);
        foreach (PropertyPick pick in PropertyPick.Read(Property, "Expression"))
        {
            foreach ((string name, object? value) in pick.Values(InputObject))
            {
                if (InputObject.Properties[name] is null) _unfound.Add(name);
                else if (value is not null) Take(name, value);
            }
        }
    }

    protected override void EndProcessing()
    {
        if (ParameterSetName == "Text")
        {
            WriteObject(Info("TextMeasureInfo", ("Lines", Line ? _text.Lines : null), ("Words", Word ? _text.Words : null), ("Characters", Character ? _text.Characters : null), ("Property", Property.FirstOrDefault())));
            return;
        }

        foreach (string name in _unfound.Where(name => !_values.ContainsKey(name)))
        {
            WriteError(new ErrorRecord(new PSArgumentException($"The property \"{name}\" cannot be found in the input for any objects."), "GenericMeasurePropertyNotFound", ErrorCategory.InvalidArgument, name));
        }

        foreach ((string name, List<object> values) in _values) WriteObject(Measured(name, values));
        if (_values.Count == 0 && _unfound.Count == 0) WriteObject(Measured("", []));
    }

    private PSObject Measured(string name, List<object> values)
    {
        bool needsNumbers = Sum || Average || StandardDeviation || AllStats;
        List<double> numbers = needsNumbers ? Numbers(name, values) : [];
        double? total = numbers.Count > 0 ? numbers.Sum() : null;
        double? average = total / numbers.Count;
        double? deviation = numbers.Count > 0 ? Math.Sqrt(numbers.Sum(n => Math.Pow(n - average!.Value, 2)) / Math.Max(1, numbers.Count - 1)) : null;
        bool ordersNumbers = values.TrueForAll(IsNumber);
        return Info(
            ordersNumbers ? "GenericMeasureInfo" : "GenericObjectMeasureInfo",
            ("Count", name.Length == 0 ? _count : values.Count),
            ("Average", Average || AllStats ? average : null),
            ("Sum", Sum || AllStats ? total : null),
            ("Maximum", (Maximum || AllStats) && values.Count > 0 ? Edge(values, 1, ordersNumbers) : null),
            ("Minimum", (Minimum || AllStats) && values.Count > 0 ? Edge(values, -1, ordersNumbers) : null),
            ("StandardDeviation", StandardDeviation || AllStats ? deviation : null),
            ("Property", name.Length == 0 ? null : name));
    }

    private List<double> Numbers(string name, List<object> values)
    {
        var numbers = new List<double>(values.Count);
        foreach (object value in values)
        {
            if (LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out double number)) numbers.Add(number);
            else WriteError(new ErrorRecord(new PSInvalidCastException($"Input object \"{Values.Text(value)}\" is not numeric."), "NonNumericInputObject", ErrorCategory.InvalidType, name.Length == 0 ? value : name));
        }

        return numbers;
    }

    private static object Edge(List<object> values, int sign, bool isNumeric)
    {
        object edge = values.Aggregate((best, next) => Values.Compare(next, best, ignoreCase: true) * sign > 0 ? next : best);
        return isNumeric ? Convert.ToDouble(edge, CultureInfo.InvariantCulture) : edge;
    }

    private static bool IsNumber(object value) => value is byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal;

    private void Take(string name, object value)
    {
        if (!_values.TryGetValue(name, out List<object>? known)) _values.Add(name, known = []);
        known.Add(value is PSObject wrapped ? wrapped.BaseObject : value);
    }

    private static PSObject Info(string type, params ReadOnlySpan<(string Name, object? Value)> properties)
    {
        var info = new PSObject();
        info.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.MeasureInfo");
        info.TypeNames.Insert(0, $"Microsoft.PowerShell.Commands.{type}");
        foreach ((string name, object? value) in properties) info.Properties.Add(new PSNoteProperty(name, value));
        return info;
    }
}
