using System.Text;
using Bastion.Audit.Recording;
using Bastion.Audit.Recording.Writing;

namespace Bastion.Unit.Audit;

/// <summary>A folder for recordings of one session, and short ways to write and read them.</summary>
internal sealed class RecordingBench : IDisposable
{
    public const string Session = "01jd00000000000000000000aa";

    public static DateTimeOffset StartedAt { get; } = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    public static RecordingHeader Header { get; } = new(Session, StartedAt, 80, 24, "ana → root@web-1", new Dictionary<string, string> { ["user"] = "ana", ["asset"] = "web-1" });

    public RecordingFolder Folder { get; } = new(Path.Combine(Directory.CreateTempSubdirectory("bastion-rec-").FullName, "recordings"));

    public string Recording => Folder.PathOf(Session, StartedAt);

    public string Journal => RecordingFolder.JournalOf(Recording);

    public SessionRecorder Start(TimeProvider? clock = null, Func<IRecordingFile, IRecordingFile>? file = null, TimeSpan? patience = null) =>
        SessionRecorder.Start(Folder, Header, clock ?? TimeProvider.System, path => file is null ? RecordingFile.Create(path) : file(RecordingFile.Create(path)), patience);

    public RecordingSummary? SealBroken() => RecordingRecovery.SealBroken(Folder, Session, StartedAt);

    public List<RecordingEvent> Events() => [.. RecordingReader.Open(Recording).Events()];

    public string Text(RecordingEventKind kind = RecordingEventKind.Output)
    {
        var text = new StringBuilder();
        foreach (RecordingEvent e in RecordingReader.Open(Recording).Events())
        {
            if (e.Kind == kind) text.Append(e.Text);
        }

        return text.ToString();
    }

    public RecordingCheck Check() => RecordingCheck.Of(Recording, Session);

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder.Root)!, recursive: true);
}
