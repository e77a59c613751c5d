using System.Collections.ObjectModel;
using System.Management.Automation;
using Bastion.Console.Utility;

namespace Microsoft.PowerShell.Commands;

/// <summary>What cmdlets over paths share: -Path with wildcards, -LiteralPath without, errors per path.</summary>
public abstract class PathCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "Path", Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public virtual string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    private protected bool IsLiteral => ParameterSetName.StartsWith("Literal", StringComparison.Ordinal);

    private protected string[] Given => IsLiteral ? LiteralPath : Path;

    /// <summary>Does the work for one path; what the provider refuses is an error of its own and the next path goes on.</summary>
    private protected void ForEachPath(Action<string> work)
    {
        foreach (string path in Given) Try(path, () => work(path));
    }

    private protected void Try(string path, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is PipelineStoppedException or System.Management.Automation.Host.HostException)
        {
            throw;
        }
        catch (RuntimeException e)
        {
            WriteError(new ErrorRecord(e.ErrorRecord, e.InnerException ?? e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(e, $"{e.GetType().Name}", e is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.WriteError, path));
        }
    }

    /// <summary>Full provider paths that exist.</summary>
    private protected Collection<string> Existing(string path)
    {
        if (!IsLiteral) return SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _);
        if (!InvokeProvider.Item.Exists(path, force: true, literalPath: true)) throw NotFound(path);
        return [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)];
    }

    private protected static ItemNotFoundException NotFound(string path) => new($"Cannot find path '{path}' because it does not exist.");
}

/// <summary>Test-Path.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "Path", Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[] Path { get; set; } = [];

    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [AllowNull]
    [AllowEmptyString]
    public string?[] LiteralPath { get; set; } = [];

    [Parameter]
    [Alias("Type")]
    [ValidateSet("Any", "Container", "Leaf")]
    public string PathType { get; set; } = "Any";

    [Parameter]
    public SwitchParameter IsValid { get; set; }

    protected override void ProcessRecord()
    {
        bool isLiteral = ParameterSetName == "LiteralPath";
        foreach (string? path in isLiteral ? LiteralPath : Path) WriteObject(!string.IsNullOrWhiteSpace(path) && Test(path, isLiteral));
    }

    private bool Test(string path, bool isLiteral)
    {
        if (IsValid) return SessionState.Path.IsValid(path);
        try
        {
            if (!InvokeProvider.Item.Exists(path, force: true, isLiteral)) return false;
            if (PathType == "Any") return true;
            string named = isLiteral ? WildcardPattern.Escape(path) : path;
            bool isContainer = InvokeProvider.Item.IsContainer(named);
            return PathType == "Container" ? isContainer : !isContainer;
        }
        catch (RuntimeException e) when (e is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ItemNotFoundException)
        {
            return false;
        }
    }
}

/// <summary>Join-Path.</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
[OutputType(typeof(string))]
public sealed class JoinPathCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string ChildPath { get; set; } = "";

    [Parameter(Position = 2, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] AdditionalChildPath { get; set; } = [];

    [Parameter]
    public SwitchParameter Resolve { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            string joined = SessionState.Path.Combine(path, ChildPath);
            foreach (string more in AdditionalChildPath ?? []) joined = SessionState.Path.Combine(joined, more);
            if (!Resolve) WriteObject(joined);
            else foreach (PathInfo found in SessionState.Path.GetResolvedPSPathFromPSPath(joined)) WriteObject(found.Path);
        }
    }
}

/// <summary>Split-Path.</summary>
[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = "Parent")]
[OutputType(typeof(string))]
public sealed class SplitPathCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = "Parent")]
    public SwitchParameter Parent { get; set; }

    [Parameter(ParameterSetName = "Leaf", Mandatory = true)]
    public SwitchParameter Leaf { get; set; }

    [Parameter(ParameterSetName = "LeafBase", Mandatory = true)]
    public SwitchParameter LeafBase { get; set; }

    [Parameter(ParameterSetName = "Extension", Mandatory = true)]
    public SwitchParameter Extension { get; set; }

    [Parameter(ParameterSetName = "Qualifier", Mandatory = true)]
    public SwitchParameter Qualifier { get; set; }

    [Parameter(ParameterSetName = "NoQualifier", Mandatory = true)]
    public SwitchParameter NoQualifier { get; set; }

    [Parameter(ParameterSetName = "IsAbsolute", Mandatory = true)]
    public SwitchParameter IsAbsolute { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            int colon = path.IndexOf(':', StringComparison.Ordinal);
            switch (ParameterSetName)
            {
                case "Leaf": WriteObject(SessionState.Path.ParseChildName(path)); break;
                case "LeafBase": WriteObject(System.IO.Path.GetFileNameWithoutExtension(SessionState.Path.ParseChildName(path))); break;
                case "Extension": WriteObject(System.IO.Path.GetExtension(SessionState.Path.ParseChildName(path))); break;
                case "NoQualifier": WriteObject(path[(colon + 1)..]); break;
                case "IsAbsolute": WriteObject(SessionState.Path.IsPSAbsolute(path, out _) || System.IO.Path.IsPathRooted(path)); break;
                case "Qualifier" when colon > 0: WriteObject(path[..(colon + 1)]); break;
                case "Qualifier":
                    WriteError(new ErrorRecord(new FormatException($"Cannot parse path because path '{path}' does not have a qualifier specified."), "ParsePathFormatError", ErrorCategory.InvalidArgument, path));
                    break;
                default: WriteObject(SessionState.Path.ParseParent(path, root: "")); break;
            }
        }
    }
}

/// <summary>Resolve-Path.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = "Path")]
public sealed class ResolvePathCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Relative { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        string named = IsLiteral ? WildcardPattern.Escape(path) : path;
        foreach (PathInfo found in SessionState.Path.GetResolvedPSPathFromPSPath(named))
        {
            if (!Relative) WriteObject(found);
            else WriteObject(System.IO.Path.Combine(".", SessionState.Path.NormalizeRelativePath(found.Path, SessionState.Path.CurrentLocation.Path)));
        }
    });
}

/// <summary>Convert-Path.</summary>
[Cmdlet(VerbsData.Convert, "Path", DefaultParameterSetName = "Path")]
[OutputType(typeof(string))]
public sealed class ConvertPathCommand : PathCommand
{
    protected override void ProcessRecord() => ForEachPath(path => WriteObject(Existing(path), enumerateCollection: true));
}

/// <summary>Get-Location.</summary>
[Cmdlet(VerbsCommon.Get, "Location")]
[OutputType(typeof(PathInfo))]
public sealed class GetLocationCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(SessionState.Path.CurrentLocation);
}

/// <summary>Set-Location; without a path, home; with <c>-</c>, back.</summary>
[Cmdlet(VerbsCommon.Set, "Location", DefaultParameterSetName = "Path")]
[OutputType(typeof(PathInfo))]
public sealed class SetLocationCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "Path", Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string Path { get; set; } = "";

    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = "";

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        try
        {
            PathInfo now = ParameterSetName == "LiteralPath"
                ? SessionState.Path.SetLocation(WildcardPattern.Escape(LiteralPath))
                : SessionState.Path.SetLocation(Path.Length == 0 ? "~" : Path);
            if (PassThru) WriteObject(now);
        }
        catch (RuntimeException e)
        {
            WriteError(new ErrorRecord(e.ErrorRecord, e));
        }
        catch (ArgumentException e)
        {
            WriteError(new ErrorRecord(e, "PathNotFound", ErrorCategory.ObjectNotFound, Path));
        }
    }
}

/// <summary>Push-Location.</summary>
[Cmdlet(VerbsCommon.Push, "Location")]
public sealed class PushLocationCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("LiteralPath")]
    public string Path { get; set; } = "";

    protected override void ProcessRecord()
    {
        SessionState.Path.PushCurrentLocation("");
        if (Path.Length > 0) SessionState.Path.SetLocation(Path);
    }
}

/// <summary>Pop-Location.</summary>
[Cmdlet(VerbsCommon.Pop, "Location")]
public sealed class PopLocationCommand : PSCmdlet
{
    protected override void ProcessRecord()
    {
        try
        {
            SessionState.Path.PopLocation("");
        }
        catch (RuntimeException e)
        {
            WriteError(new ErrorRecord(e.ErrorRecord, e));
        }
    }
}
