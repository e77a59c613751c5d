using System.Management.Automation;
using System.Text;
using Bastion.Console.Host;
using Bastion.Console.Utility;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Microsoft.PowerShell.Commands;

/// <summary>What formats objects to text lines: Out-String and Out-File, by the engine's own formatter.</summary>
public abstract class OutTextCommand : FrontEndCommandBase
{
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; }

    /// <summary>Where the lines go.</summary>
    private protected abstract TextWriter Open();

    private protected virtual int DefaultWidth => Math.Max(2, Host.UI.RawUI.BufferSize.Width);

    protected override void BeginProcessing()
    {
        EngineInternals.UseLineOutput(this, Open(), Width > 0 ? Width : DefaultWidth);
        base.BeginProcessing();
    }
}

/// <summary>Out-String.</summary>
[Cmdlet(VerbsData.Out, "String")]
[Alias("oss")]
public sealed class OutStringCommand : OutTextCommand
{
    private readonly StringWriter _text = new(new StringBuilder()) { NewLine = Environment.NewLine };

    [Parameter]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    private protected override TextWriter Open() => _text;

    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        if (Stream) Flush();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (Stream) Flush();
        else WriteObject(NoNewline ? _text.ToString().ReplaceLineEndings("") : _text.ToString());
    }

    protected override void InternalDispose()
    {
        base.InternalDispose();
        _text.Dispose();
    }

    private void Flush()
    {
        string text = _text.ToString();
        if (text.Length == 0) return;
        _text.GetStringBuilder().Clear();
        foreach (string line in text.TrimEnd('\n').Split('\n')) WriteObject(line.TrimEnd('\r'));
    }
}

/// <summary>Out-File, which is also what <c>&gt;</c> uses. UTF-8 without mark.</summary>
[Cmdlet(VerbsData.Out, "File", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class OutFileCommand : OutTextCommand
{
    private TextWriter? _file;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    [Alias("Path")]
    public string FilePath { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = "";

    [Parameter(Position = 1)]
    [ArgumentEncoding]
    public Encoding Encoding { get; set; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    private protected override int DefaultWidth => int.MaxValue - 1;

    private protected override TextWriter Open()
    {
        string path = Files.One(this, ParameterSetName == "LiteralPath" ? LiteralPath : FilePath);
        if (!ShouldProcess(path, "Output to File")) return TextWriter.Null;
        _file = Files.Writer(this, path, Append, NoClobber, Force, Encoding);
        _file.NewLine = NoNewline ? "" : Environment.NewLine;
        return _file;
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        _file?.Flush();
    }

    protected override void InternalDispose()
    {
        base.InternalDispose();
        _file?.Dispose();
        _file = null;
    }
}
