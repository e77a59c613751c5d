using System.Management.Automation;
using Bastion.Assets;
using Bastion.Audit.Sessions;
using Bastion.PowerShell.Assets;
using Bastion.Sessions.Terminals;

namespace Bastion.PowerShell.Sessions;

/// <summary>Opens an interactive, recorded session on a host.</summary>
[Cmdlet(VerbsCommon.Enter, "BhSession")]
[OutputType(typeof(SessionAudit))]
public sealed class EnterBhSessionCommand : SessionCommand
{
    /// <summary>Asset by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<AssetNames>]
    public AssetReference Asset { get; set; } = default!;

    /// <summary>Types these lines instead of the keyboard: for demonstrations and runbooks. The session ends after the last.</summary>
    [Parameter]
    public string[]? InputLine { get; set; }

    /// <summary>Emit the session's audit when it has ended.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        ITerminal terminal = InputLine is null ? SystemTerminal.Open() : ScriptedTerminal.Typing(InputLine);
        SessionAudit session;
        using (terminal as IDisposable) session = await Engine.Sessions.ShellAsync(Caller, Request(Asset), terminal, stop);
        if (PassThru) Emit(session);
    }
}
