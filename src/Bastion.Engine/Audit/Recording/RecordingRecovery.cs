using Bastion.Audit.Recording.Frames;
using Bastion.Audit.Recording.Journals;
using Bastion.Audit.Recording.Writing;

namespace Bastion.Audit.Recording;

/// <summary>Closes the recordings of sessions whose process died: what is left in the journal goes into the recording, then it is sealed as broken off.</summary>
public static class RecordingRecovery
{
    /// <summary>So long a session that has no file yet may still be about to make one.</summary>
    private static readonly TimeSpan Starting = TimeSpan.FromSeconds(10);

    /// <summary>Seals the recording of a session that has not ended in the store. Safe to repeat, and from several processes at once.</summary>
    /// <param name="folder">Where recordings are.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="startedAt">When it began.</param>
    /// <returns>
    /// What the recording holds; <see langword="null"/> while its writer lives (or may be about to start, or another is sealing it), and when the
    /// disk does not take the rest now: then nothing is lost, and a later call finishes it.
    /// </returns>
    public static RecordingSummary? SealBroken(RecordingFolder folder, string sessionId, DateTimeOffset startedAt) => SealBroken(folder, sessionId, startedAt, TimeProvider.System);

    internal static RecordingSummary? SealBroken(RecordingFolder folder, string sessionId, DateTimeOffset startedAt, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string path = folder.PathOf(sessionId, startedAt), journalPath = RecordingFolder.JournalOf(path);
        if (!File.Exists(path) && (clock.GetUtcNow() - startedAt).Duration() < Starting) return null;
        try
        {
            folder.MakeFoldersOf(path);
            using JournalLock? journal = JournalLock.TryTake(journalPath);
            if (journal is null) return null;
            RecordingSummary summary = Seal(path, journal, new RecordingHeader(sessionId, startedAt, 80, 24, "", new Dictionary<string, string>()));
            journal.Delete();
            return summary;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static RecordingSummary Seal(string path, JournalLock journal, RecordingHeader standIn)
    {
        using JournalMap? map = JournalMap.Open(journal);
        using RecordingFile file = RecordingFile.OpenOrCreate(path);
        (Checkpoint at, bool journalFits) = LastWrite(map, file);
        (FrameLink? last, Stretch? open) = Walk(path);
        if (last is { IsSeal: true } && open is null) return Summary(last);

        if (!journalFits) at = at with { Counts = Counted(path, last, open) };
        // Without one whole frame it is no recording that could go on.
        if (last is null) open = open is null ? null : open with { Length = 0 };
        if (open is not null) CutAfter(file, open.Offset + open.Length, keep: !journalFits || last is null);
        using RecordingDrain drain = RecordingDrain.Resume(map, file, at, last?.Hash ?? FrameLink.Start(standIn.SessionId), last is null ? 0 : last.Number + 1);
        if (last is null) drain.WriteHeader(standIn);
        if (open is { Length: > 0 }) CloseOpen(path, drain, open, journalFits);
        while (drain.Batch())
        {
            // All that the session left.
        }

        drain.Seal(complete: false, last is null ? "The process died before anything was recorded, or the recording was removed."u8
            : journalFits ? "The process that held the session died."u8
            : "The process that held the session died, and its journal is missing or does not fit: the last second may be missing."u8);
        return drain.Summary(complete: false);
    }

    // The last write that is whole in the file; a write that the crash cut through is taken back.
    private static (Checkpoint At, bool JournalFits) LastWrite(JournalMap? map, RecordingFile file)
    {
        var none = new Checkpoint(-1, 0, 0, 0, default, 0, 0);
        if (map is null) return (none, false);
        (Checkpoint? newest, Checkpoint? before) = map.Checkpoints();
        if (newest is null) return (none, file.Length == 0);
        if (file.Length == newest.After) return (newest, true);
        if (file.Length < newest.Before || file.Length > newest.After || (before?.After ?? 0) != newest.Before) return (newest, false);
        file.Cut(newest.Before);
        return (before ?? none, true);
    }

    private static (FrameLink? Last, Stretch? Open) Walk(string path)
    {
        using FileStream file = RecordingReader.OpenFile(path);
        var walk = new FrameWalk(file);
        FrameLink? last = null;
        while (walk.Next() is { } stretch)
        {
            if (stretch.Link is null) return (last, stretch);
            last = stretch.Link;
        }

        return (last, null);
    }

    // What is no whole block can't stay in the middle. Where the journal does not have it, it is kept aside.
    private static void CutAfter(RecordingFile file, long length, bool keep)
    {
        if (file.Length <= length) return;
        if (keep)
        {
            using FileStream recording = RecordingReader.OpenFile(file.Path), aside = RecordingFile.OpenAside(file.Path);
            recording.Position = length;
            recording.CopyTo(aside);
        }

        file.Cut(length);
    }

    private static void CloseOpen(string path, RecordingDrain drain, Stretch open, bool wholeLines)
    {
        using FileStream file = RecordingReader.OpenFile(path);
        file.Position = open.Offset;
        drain.CloseFrame(file, open.Kind == StretchKind.Unlinked ? default : wholeLines ? ZstdBlocks.EmptyLast : ZstdBlocks.LineEndLast);
    }

    // Without the journal's counts: those of the last link, and of the text in the open frame.
    private static Counts Counted(string path, FrameLink? last, Stretch? open)
    {
        Counts counts = last?.Counts.Sane ?? default;
        if (open is not { Length: > 0 }) return counts;
        using FileStream file = RecordingReader.OpenFile(path);
        using var lines = new FrameLines();
        foreach (ReadOnlyMemory<byte> line in lines.Read(file, open))
        {
            if (RecordingEvent.Read(line.Span, 0) is not { } found) continue;
            int bytes = System.Text.Encoding.UTF8.GetByteCount(found.Text);
            counts = new Counts(counts.OutputBytes + (found.Kind == RecordingEventKind.Output ? bytes : 0), counts.InputBytes + (found.Kind == RecordingEventKind.Input ? bytes : 0),
                Math.Max(counts.LastMicros, (long)found.Time.TotalMicroseconds));
        }

        return counts;
    }

    private static RecordingSummary Summary(FrameLink seal) => new(seal.Counts.Length, seal.Counts.OutputBytes, seal.Counts.InputBytes,
        seal.Number + 1, FrameLink.Hex(seal.Hash), seal.Kind == FrameKind.Complete);
}
