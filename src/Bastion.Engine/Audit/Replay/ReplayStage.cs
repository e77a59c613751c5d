using Bastion.Audit.Recording;
using Bastion.Audit.Replay.Screens;

namespace Bastion.Audit.Replay;

/// <summary>The screen of a session on which its events are played.</summary>
internal sealed class ReplayStage
{
    private readonly VtParser _parser;

    internal ReplayStage(RecordingHeader header, IRowReader? reader = null)
    {
        Screen = new Screen(header.Columns, header.Rows, LineFeedReturns(header), reader);
        _parser = new VtParser(Screen);
    }

    internal Screen Screen { get; }

    /// <summary>A command without a terminal: what it wrote ends its lines with a line feed alone.</summary>
    internal static bool LineFeedReturns(RecordingHeader header) =>
        header.Details.TryGetValue("channel", out string? channel) && channel.EndsWith("Exec", StringComparison.OrdinalIgnoreCase);

    /// <summary>The text that an event writes to the screen; <see langword="null"/> when it writes none.</summary>
    internal static string? TextOf(RecordingEvent e) => e.Kind switch
    {
        RecordingEventKind.Output => e.Text,
        RecordingEventKind.Gap => $"\e[0m\r\n[{e.Text}]\r\n",
        _ => null,
    };

    internal void Play(RecordingEvent e)
    {
        if (e.Size is { } size) Screen.Resize(size.Columns, size.Rows);
        else if (TextOf(e) is { } text) _parser.Feed(text);
    }
}
