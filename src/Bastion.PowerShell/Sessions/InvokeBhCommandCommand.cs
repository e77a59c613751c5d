using System.Management.Automation;
using System.Text;
using Bastion.Assets;
using Bastion.PowerShell.Assets;
using Bastion.Sessions;

namespace Bastion.PowerShell.Sessions;

/// <summary>Runs one command on hosts, recorded, and gives its output and exit code.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "BhCommand", SupportsShouldProcess = true)]
[OutputType(typeof(CommandResult), typeof(string))]
public sealed class InvokeBhCommandCommand : SessionCommand
{
    /// <summary>Assets by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <summary>The command, as the asset's shell reads it.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string Command { get; set; } = "";

    /// <summary>Text for the command's standard input; several are lines.</summary>
    [Parameter]
    [AllowEmptyString]
    public string[]? InputText { get; set; }

    /// <summary>Seconds that the command may run; no limit, if not given.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int? Timeout { get; set; }

    /// <summary>Emit the lines of its output as they come, and its errors as errors, instead of one result an asset.</summary>
    [Parameter]
    public SwitchParameter AsLine { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Asset, async reference =>
    {
        Asset asset = Engine.Assets.Resolve(reference);
        if (!await ConfirmAsync(asset.Name, $"Run '{Printable.Escape(Command)}'")) return;
        var command = new CommandRequest
        {
            Command = Command,
            Input = InputText is null ? null : Encoding.UTF8.GetBytes(string.Join('\n', InputText) + '\n'),
            Timeout = Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            OnLine = AsLine ? (line, isError) => EmitLine(asset, line, isError) : null,
        };
        CommandResult result = await Engine.Sessions.ExecAsync(Caller, Request(new AssetReference(asset)), command, stop);
        if (!AsLine) Emit(result);
        else if (result.ExitCode != 0) Fail(new CommandFailedException(asset.Name, Command, result.ExitCode), asset);
    });

    private void EmitLine(Asset asset, string line, bool isError)
    {
        if (isError) Warn($"{asset.Name}: {Printable.Escape(line)}");
        else Emit(line);
    }
}
