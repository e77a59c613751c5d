using System.Management.Automation;
using Bastion.Console.Utility;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Item.</summary>
[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = "Path")]
public sealed class GetItemCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
        WriteObject(InvokeProvider.Item.Get([path], Force, IsLiteral), enumerateCollection: true));
}

/// <summary>Get-ChildItem.</summary>
[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Items")]
[Alias("dir", "gci")]
public sealed class GetChildItemCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "Items", Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = ["."];

    [Parameter(ParameterSetName = "LiteralItems", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Position = 1)]
    public string Filter { get; set; } = "";

    [Parameter]
    public string[] Include { get; set; } = [];

    [Parameter]
    public string[] Exclude { get; set; } = [];

    [Parameter]
    [Alias("s")]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public uint Depth { get; set; } = uint.MaxValue;

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter Name { get; set; }

    [Parameter]
    [Alias("ad")]
    public SwitchParameter Directory { get; set; }

    [Parameter]
    [Alias("af")]
    public SwitchParameter File { get; set; }

    protected override void ProcessRecord()
    {
        bool isLiteral = ParameterSetName == "LiteralItems";
        bool recurses = Recurse || MyInvocation.BoundParameters.ContainsKey(nameof(Depth));
        foreach (string path in isLiteral ? LiteralPath : Path)
        {
            try
            {
                foreach (PSObject item in InvokeProvider.ChildItem.Get([path], recurses, Depth, Force, isLiteral))
                {
                    if (Takes(item)) WriteObject(Name ? item.Properties["PSChildName"]?.Value : item);
                }
            }
            catch (RuntimeException e) when (e is not PipelineStoppedException)
            {
                WriteError(new ErrorRecord(e.ErrorRecord, e.InnerException ?? e));
            }
        }
    }

    private bool Takes(PSObject item)
    {
        string name = $"{item.Properties["PSChildName"]?.Value}";
        bool isContainer = item.Properties["PSIsContainer"]?.Value is true;
        if (Directory != File && (Directory ? !isContainer : isContainer)) return false;
        if (Filter.Length > 0 && !Matches(Filter, name)) return false;
        if (Include.Length > 0 && !Include.Any(pattern => Matches(pattern, name))) return false;
        return !Exclude.Any(pattern => Matches(pattern, name));
    }

    private static bool Matches(string pattern, string name) => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name);
}

/// <summary>New-Item: files, directories, symbolic links.</summary>
[Cmdlet(VerbsCommon.New, "Item", SupportsShouldProcess = true)]
public sealed class NewItemCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = ["."];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Name { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    public string ItemType { get; set; } = "File";

    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Target")]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            string whole = Name is null ? path : SessionState.Path.Combine(path, Name);
            string shown = SessionState.Path.GetUnresolvedProviderPathFromPSPath(whole);
            if (!ShouldProcess(shown, $"Create {ItemType}")) continue;
            try
            {
                if (Force && ItemType.StartsWith("File", StringComparison.OrdinalIgnoreCase) && System.IO.Path.GetDirectoryName(shown) is { Length: > 0 } folder) System.IO.Directory.CreateDirectory(folder);
                if (Force && ItemType.StartsWith("Dir", StringComparison.OrdinalIgnoreCase) && Directory.Exists(shown)) WriteObject(InvokeProvider.Item.Get([whole], force: true, literalPath: true), enumerateCollection: true);
                else if (Force && File.Exists(shown) && ItemType.StartsWith("File", StringComparison.OrdinalIgnoreCase)) Overwrite(shown, whole);
                else WriteObject(InvokeProvider.Item.New(path, Name, ItemType, Value), enumerateCollection: true);
            }
            catch (RuntimeException e) when (e is not PipelineStoppedException)
            {
                WriteError(new ErrorRecord(e.ErrorRecord, e.InnerException ?? e));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                WriteError(new ErrorRecord(e, e is UnauthorizedAccessException ? "NewItemUnauthorizedAccessError" : "NewItemIOError", ErrorCategory.WriteError, whole));
            }
        }
    }

    private void Overwrite(string file, string path)
    {
        File.WriteAllText(file, Value is null ? "" : LanguagePrimitives.ConvertTo<string>(Value));
        WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
    }
}

/// <summary>mkdir and md.</summary>
[Cmdlet(VerbsCommon.New, "Directory", SupportsShouldProcess = true)]
[Alias("mkdir")]
public sealed class NewDirectoryCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string[] Path { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            if (ShouldProcess(path, "Create Directory")) WriteObject(InvokeProvider.Item.New(path, name: null, "Directory", content: null), enumerateCollection: true);
        }
    }
}

/// <summary>Remove-Item: asks before a folder that is not empty, unless -Recurse.</summary>
[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class RemoveItemCommand : PathCommand
{
    private bool _yesToAll;
    private bool _noToAll;

    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        foreach (string found in Existing(path))
        {
            string named = InvokeProvider.Item.Exists(found, force: true, literalPath: true) ? found : path;
            bool hasChildren = InvokeProvider.ChildItem.HasChild(named, force: true, literalPath: true);
            if (!ShouldProcess(named, hasChildren ? "Remove Directory" : "Remove File")) continue;
            if (hasChildren && !Recurse && !ShouldContinue($"The item at {named} has children and the Recurse parameter was not specified. If you continue, all children will be removed with the item. Are you sure you want to continue?", "Confirm", ref _yesToAll, ref _noToAll)) continue;
            InvokeProvider.Item.Remove([named], recurse: true, Force, literalPath: true);
        }
    });
}

/// <summary>What Copy-Item and Move-Item share.</summary>
public abstract class TransferItemCommand : PathCommand
{
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Destination { get; set; } = ".";

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }
}

/// <summary>Copy-Item.</summary>
[Cmdlet(VerbsCommon.Copy, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class CopyItemCommand : TransferItemCommand
{
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        if (!ShouldProcess($"Item: {path} Destination: {Destination}", "Copy")) return;
        var copied = InvokeProvider.Item.Copy([path], Destination, Recurse, CopyContainers.CopyTargetContainer, Force, IsLiteral);
        if (PassThru) WriteObject(copied, enumerateCollection: true);
    });
}

/// <summary>Move-Item.</summary>
[Cmdlet(VerbsCommon.Move, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class MoveItemCommand : TransferItemCommand
{
    protected override void ProcessRecord() => ForEachPath(path =>
    {
        if (!ShouldProcess($"Item: {path} Destination: {Destination}", "Move")) return;
        var moved = InvokeProvider.Item.Move([path], Destination, Force, IsLiteral);
        if (PassThru) WriteObject(moved, enumerateCollection: true);
    });
}

/// <summary>Rename-Item.</summary>
[Cmdlet(VerbsCommon.Rename, "Item", SupportsShouldProcess = true)]
public sealed class RenameItemCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath")]
    public string Path { get; set; } = "";

    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string NewName { get; set; } = "";

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (!ShouldProcess($"Item: {Path} Destination: {NewName}", "Rename")) return;
        var renamed = InvokeProvider.Item.Rename(Path, NewName, Force);
        if (PassThru) WriteObject(renamed, enumerateCollection: true);
    }
}
