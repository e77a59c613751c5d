using System.Management.Automation;
using System.Text;
using Bastion.Console.Utility;

namespace Microsoft.PowerShell.Commands;

/// <summary>What ConvertTo-Csv and Export-Csv share.</summary>
public abstract class ToCsvCommand : PSCmdlet
{
    private string[]? _columns;

    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    [ValidateNotNull]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    [Parameter]
    [Alias("UQ")]
    [ValidateSet("Always", "AsNeeded", "Never")]
    public string UseQuotes { get; set; } = "Always";

    [Parameter]
    public SwitchParameter NoHeader { get; set; }

    /// <summary>Columns given by a file that is appended to.</summary>
    private protected string[]? Columns { get => _columns; set => _columns = value; }

    private protected bool IsHeaderThere { get; set; }

    private protected abstract void Line(string line);

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        if (_columns is null)
        {
            _columns = InputObject.BaseObject is System.Collections.IDictionary table ? [.. table.Keys.Cast<object>().Select(Values.Text)] : [.. InputObject.Properties.Select(p => p.Name)];
            if (!NoHeader && !IsHeaderThere) Line(string.Join(Delimiter, _columns.Select(Field)));
        }

        Line(string.Join(Delimiter, _columns.Select(name => Value(name) is { } text ? Field(text) : "")));
    }

    private string? Value(string name)
    {
        object? value;
        try
        {
            value = InputObject!.BaseObject is System.Collections.IDictionary table ? table[name] : InputObject.Properties[name]?.Value;
        }
        catch (GetValueException)
        {
            return null;
        }

        return value is null ? null : value is IFormattable number ? number.ToString(format: null, System.Globalization.CultureInfo.CurrentCulture) : $"{PSObject.AsPSObject(value)}";
    }

    private string Field(string text)
    {
        bool quotes = UseQuotes == "Always" || (UseQuotes == "AsNeeded" && text.AsSpan().IndexOfAny([Delimiter, '"', '\n', '\r']) >= 0);
        return quotes ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}

/// <summary>ConvertTo-Csv.</summary>
[Cmdlet(VerbsData.ConvertTo, "Csv")]
[OutputType(typeof(string))]
public sealed class ConvertToCsvCommand : ToCsvCommand
{
    private protected override void Line(string line) => WriteObject(line);
}

/// <summary>Export-Csv.</summary>
[Cmdlet(VerbsData.Export, "Csv", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class ExportCsvCommand : ToCsvCommand, IDisposable
{
    private StreamWriter? _file;
    private bool _isRefused;

    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Path")]
    public string Path { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = "";

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    [ArgumentEncoding]
    public Encoding Encoding { get; set; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private protected override void Line(string line) => _file?.WriteLine(line);

    protected override void BeginProcessing()
    {
        string path = Files.One(this, ParameterSetName == "LiteralPath" ? LiteralPath : Path);
        _isRefused = !ShouldProcess(path, "Export-Csv");
        if (_isRefused) return;
        if (Append && new FileInfo(path) is { Exists: true, Length: > 0 })
        {
            using var reader = new StreamReader(path, Encoding);
            Columns = CsvText.Record(reader, Delimiter);
            IsHeaderThere = true;
        }

        _file = Files.Writer(this, path, Append, NoClobber, Force, Encoding);
    }

    protected override void ProcessRecord()
    {
        if (_isRefused) return;
        if (IsHeaderThere && !Force && InputObject is not null && Columns!.FirstOrDefault(c => InputObject.Properties[c] is null) is { } missing)
        {
            ThrowTerminatingError(new ErrorRecord(new InvalidOperationException($"Cannot append CSV content: the appended object does not have a property that corresponds to the column '{missing}'. Use -Force to go on."), "CannotAppendCsvWithMismatchedPropertyNames", ErrorCategory.InvalidData, missing));
        }

        base.ProcessRecord();
    }

    protected override void EndProcessing() => Dispose();

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }
}

/// <summary>What ConvertFrom-Csv and Import-Csv share.</summary>
public abstract class FromCsvCommand : PSCmdlet
{
    [Parameter]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    public string[] Header { get; set; } = [];

    private protected void Read(TextReader reader)
    {
        string[] columns = Header;
        while (CsvText.Record(reader, Delimiter) is { } fields)
        {
            if (fields is [""] || (columns.Length == 0 && fields[0].StartsWith("#TYPE", StringComparison.Ordinal))) continue;
            if (columns.Length == 0)
            {
                columns = [.. fields.Select((name, i) => string.IsNullOrWhiteSpace(name) ? $"H{i + 1}" : name)];
                if (columns.Distinct(StringComparer.OrdinalIgnoreCase).Count() < columns.Length)
                    throw new ExtendedTypeSystemException("A column name stands twice in the header.");
                continue;
            }

            var row = new PSObject();
            for (int i = 0; i < columns.Length; i++) row.Properties.Add(new PSNoteProperty(columns[i], i < fields.Length ? fields[i] : null));
            WriteObject(row);
        }
    }
}

/// <summary>ConvertFrom-Csv.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Csv")]
public sealed class ConvertFromCsvCommand : FromCsvCommand
{
    private readonly StringBuilder _text = new();

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string[] InputObject { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (string line in InputObject) _text.Append(line).Append('\n');
    }

    protected override void EndProcessing()
    {
        using var reader = new StringReader(_text.ToString());
        Read(reader);
    }
}

/// <summary>Import-Csv.</summary>
[Cmdlet(VerbsData.Import, "Csv", DefaultParameterSetName = "Path")]
public sealed class ImportCsvCommand : FromCsvCommand
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    [ArgumentEncoding]
    public Encoding Encoding { get; set; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    protected override void ProcessRecord()
    {
        foreach (string path in ParameterSetName == "Path" ? Path : LiteralPath)
        {
            IEnumerable<string> files = ParameterSetName == "Path" ? SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _) : [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)];
            foreach (string file in files)
            {
                using var reader = new StreamReader(file, Encoding);
                Read(reader);
            }
        }
    }
}

/// <summary>CSV text, RFC 4180: quoted fields may hold delimiters, quotes twice, and line breaks.</summary>
internal static class CsvText
{
    /// <summary>The next record; null at the end.</summary>
    public static string[]? Record(TextReader reader, char delimiter)
    {
        if (reader.Peek() < 0) return null;
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        while (true)
        {
            int next = reader.Read();
            if (next < 0) break;
            char c = (char)next;
            if (isQuoted && c == '"' && reader.Peek() == '"') field.Append((char)reader.Read());
            else if (c == '"' && (isQuoted || field.Length == 0)) isQuoted = !isQuoted;
            else if (isQuoted) field.Append(c);
            else if (c == delimiter)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (c == '\n') break;
            else if (c != '\r' || reader.Peek() != '\n') field.Append(c);
        }

        fields.Add(field.ToString());
        return [.. fields];
    }
}
