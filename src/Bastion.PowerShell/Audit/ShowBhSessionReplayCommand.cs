using System.Management.Automation;
using Bastion.Audit.Replay;

namespace Bastion.PowerShell.Audit;

/// <summary>Replays a session's recording in the terminal.</summary>
[Cmdlet(VerbsCommon.Show, "BhSessionReplay", DefaultParameterSetName = "Play")]
[OutputType(typeof(string))]
public sealed class ShowBhSessionReplayCommand : EngineCommand
{
    /// <summary>Id of the session.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [CompletesName<SessionIdNames>]
    public string SessionId { get; set; } = "";

    /// <summary>How many times as fast.</summary>
    [Parameter(ParameterSetName = "Play")]
    [ValidateRange(0.1, 1000)]
    public double Speed { get; set; } = 1;

    /// <summary>Pauses are cut to this many seconds.</summary>
    [Parameter(ParameterSetName = "Play")]
    [ValidateRange(0, 3600)]
    public double IdleLimit { get; set; } = 2;

    /// <summary>Begin this many seconds into the session.</summary>
    [Parameter(ParameterSetName = "Play")]
    [ValidateRange(0, double.MaxValue)]
    public double StartAt { get; set; }

    /// <summary>Emit what was shown as lines of text instead.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Text")]
    public SwitchParameter AsText { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        string recording = Engine.SessionAudits.RecordingOf(Caller, SessionId, AsText ? "as text" : "replay");
        if (AsText)
        {
            foreach (string line in ReplayText.Lines(recording)) Emit(line);
            return;
        }

        await ReplayPlayer.PlayAsync(recording, new ReplayOptions { Speed = Speed, IdleLimit = TimeSpan.FromSeconds(IdleLimit), StartAt = TimeSpan.FromSeconds(StartAt) }, stop);
    }
}
