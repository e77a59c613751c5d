using System.Management.Automation.Provider;
using System.Management.Automation;
using System.Text;
using Bastion.Console.Utility;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Content: lines, or all with -Raw, or bytes.</summary>
[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
public sealed class GetContentCommand : PathCommand
{
    [Parameter]
    [Alias("First", "Head")]
    [ValidateRange(0, long.MaxValue)]
    public long TotalCount { get; set; } = -1;

    [Parameter]
    [Alias("Last")]
    [ValidateRange(0, int.MaxValue)]
    public int Tail { get; set; } = -1;

    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    [ArgumentEncoding]
    public Encoding Encoding { get; set; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        string named = IsLiteral ? WildcardPattern.Escape(path) : path;
        foreach (PathInfo found in SessionState.Path.GetResolvedPSPathFromPSPath(named))
        {
            if (found.Provider.Name == "FileSystem") Try(found.Path, () => FromFile(found.ProviderPath));
            else FromProvider(found.Path);
        }
    });

    private void FromFile(string file)
    {
        if (Directory.Exists(file)) throw new UnauthorizedAccessException($"Unable to get content because '{file}' is a directory.");
        if (AsByteStream && Raw) WriteObject(File.ReadAllBytes(file));
        else if (AsByteStream) WriteObject(Part(File.ReadAllBytes(file)), enumerateCollection: true);
        else if (Raw) WriteObject(File.ReadAllText(file, Encoding));
        else foreach (string line in Part(File.ReadLines(file, Encoding))) WriteObject(line);
    }

    private void FromProvider(string path)
    {
        foreach (IContentReader reader in InvokeProvider.Content.GetReader([path], Force, literalPath: true))
        {
            try
            {
                IEnumerable<object> Blocks()
                {
                    while (reader.Read(1) is { Count: > 0 } block)
                    {
                        foreach (object item in block) yield return item;
                    }
                }

                WriteObject(Part(Blocks()), enumerateCollection: true);
            }
            finally
            {
                reader.Dispose();
            }
        }
    }

    private IEnumerable<T> Part<T>(IEnumerable<T> all) =>
        Tail >= 0 ? all.TakeLast(Tail) : TotalCount >= 0 ? all.Take((int)Math.Min(TotalCount, int.MaxValue)) : all;
}

/// <summary>What Set-Content and Add-Content share.</summary>
public abstract class PutContentCommand : PathCommand, IDisposable
{
    private readonly List<TextWriter> _writers = [];
    private bool _isOpen;

    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? Value { get; set; }

    [Parameter(ParameterSetName = "Path", Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public override string[] Path { get; set; } = [];

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    [ArgumentEncoding]
    public Encoding Encoding { get; set; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private protected abstract bool Appends { get; }

    protected override void ProcessRecord()
    {
        if (!_isOpen)
        {
            _isOpen = true;
            ForEachPath(Open);
        }

        foreach (object? item in Value ?? [null])
        {
            string text = Values.Text(item);
            foreach (TextWriter writer in _writers)
            {
                if (NoNewline) writer.Write(text);
                else writer.WriteLine(text);
            }
        }

        if (PassThru) WriteObject(Value, enumerateCollection: true);
    }

    protected override void EndProcessing() => Dispose();

    public void Dispose()
    {
        _writers.ForEach(writer => writer.Dispose());
        _writers.Clear();
        GC.SuppressFinalize(this);
    }

    private void Open(string path)
    {
        string whole = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
        {
            if (ShouldProcess(path, "Set Content")) _writers.Add(new ProviderWriter(this, path));
            return;
        }

        IEnumerable<string> files = !IsLiteral && WildcardPattern.ContainsWildcardCharacters(path) ? SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _) : [whole];
        foreach (string file in files)
        {
            if (ShouldProcess($"Path: {file}", Appends ? "Add Content" : "Set Content")) _writers.Add(Files.Writer(this, file, Appends, noClobber: false, Force, Encoding));
        }
    }

    /// <summary>Content of variables, functions and the like, written when all is there.</summary>
    private sealed class ProviderWriter(PutContentCommand cmdlet, string path) : StringWriter
    {
        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                foreach (IContentWriter writer in cmdlet.InvokeProvider.Content.GetWriter([path], cmdlet.Force, literalPath: true))
                {
                    writer.Write(new[] { ToString().TrimEnd('\r', '\n') });
                    writer.Close();
                    writer.Dispose();
                }
            }

            base.Dispose(disposing);
        }
    }
}

/// <summary>Set-Content.</summary>
[Cmdlet(VerbsCommon.Set, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class SetContentCommand : PutContentCommand
{
    private protected override bool Appends => false;
}

/// <summary>Add-Content.</summary>
[Cmdlet(VerbsCommon.Add, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[Alias("ac")]
public sealed class AddContentCommand : PutContentCommand
{
    private protected override bool Appends => true;
}

/// <summary>Clear-Content.</summary>
[Cmdlet(VerbsCommon.Clear, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class ClearContentCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        if (ShouldProcess(path, "Clear Content")) InvokeProvider.Content.Clear([path], Force, IsLiteral);
    });
}
