using Bastion.Audit.Recording.Frames;
using Bastion.Audit.Recording.Journals;

namespace Bastion.Audit.Recording.Writing;

/// <summary>
/// Moves what is in the journal into the recording, each byte once: every write is noted in the journal before it is made, and the ring's
/// tail moves after it. Used by the writer's thread and, after a crash, by whoever seals. One thread at a time.
/// </summary>
internal sealed class RecordingDrain : IDisposable
{
    /// <summary>The most that one write takes out of the ring.</summary>
    private const int BatchBytes = 256 * 1024;

    /// <summary>With more than this waiting, compress faster.</summary>
    private const int Backlog = BatchBytes;

    /// <summary>A frame that was full sooner is part of a flood, and the next one is likely to be.</summary>
    private const long FloodMicros = 2_000_000;

    private readonly JournalMap? _map;
    private readonly JournalRing? _ring;
    private readonly IRecordingFile _file;
    private readonly FrameWriter _frames;
    private readonly EventLines _lines;
    private readonly long _end;
    private Checkpoint? _unwritten;
    private long _checkpoint;
    private long _position;
    private long _frameSince;
    private bool _flood;

    /// <summary>Begins a recording.</summary>
    internal RecordingDrain(JournalMap map, IRecordingFile file, RecordingHeader header)
        : this(map, file, new FrameWriter(FrameLink.Start(header.SessionId), 0), new EventLines(default), long.MaxValue)
    {
        WriteHeader(header);
    }

    private RecordingDrain(JournalMap? map, IRecordingFile file, FrameWriter frames, EventLines lines, long end)
    {
        (_map, _file, _frames, _lines, _end) = (map, file, frames, lines, end);
        _ring = map is null ? null : new JournalRing(map);
        Length = file.Length;
    }

    /// <summary>Bytes of the recording that are written.</summary>
    internal long Length { get; private set; }

    /// <summary>Something was added to the open frame.</summary>
    internal bool HasOpenFrame => _frames.IsOpen;

    /// <summary>What the recording holds, and whether its session ended in order.</summary>
    internal RecordingSummary Summary(bool complete) => new(_lines.Counts.Length, _lines.Counts.OutputBytes, _lines.Counts.InputBytes,
        _frames.Number, FrameLink.Hex(_frames.Head), complete);

    /// <summary>Goes on with a recording whose process died.</summary>
    /// <param name="map">The journal; <see langword="null"/> when it is lost.</param>
    /// <param name="file">The recording.</param>
    /// <param name="at">The last write that is in the file.</param>
    /// <param name="head">Hash of its last frame.</param>
    /// <param name="number">How many frames it has.</param>
    internal static RecordingDrain Resume(JournalMap? map, IRecordingFile file, Checkpoint at, byte[] head, long number)
    {
        var drain = new RecordingDrain(map, file, new FrameWriter(head, number), new EventLines(at.Counts, at.OutputRest, at.InputRest), map is null ? 0 : WholeUntil(map, at.Position));
        (drain._position, drain._checkpoint) = (at.Position, at.Number + 1);
        return drain;
    }

    /// <summary>Writes the header's frame.</summary>
    internal void WriteHeader(RecordingHeader header)
    {
        _frames.Add(HeaderLine.Write(header), hurry: false);
        _frames.End(FrameKind.Header, _lines.Counts);
        Commit(_position);
    }

    /// <summary>Writes one batch.</summary>
    /// <returns>Whether more is waiting.</returns>
    internal bool Batch()
    {
        WriteAgain();
        if (_ring is null) return false;
        long head = Math.Min(_ring.Head, _end), position = _position;
        if (position >= head) return false;
        bool hurry = _flood || head - position > Backlog;
        if (!_frames.IsOpen) _frameSince = _lines.Counts.LastMicros;
        if (hurry && _frames.IsSlow) _frames.End(FrameKind.Events, _lines.Counts);
        while (position < head && position - _position < BatchBytes)
        {
            JournalRecord record = _ring.Read(position);
            _lines.Add(record);
            position = record.Next;
        }

        _lines.CloseLine();
        _frames.Add(_lines.Written, hurry);
        _lines.Clear();
        if (_frames.IsFull)
        {
            _flood = _lines.Counts.LastMicros - _frameSince < FloodMicros;
            _frames.End(FrameKind.Events, _lines.Counts);
        }
        else if (_frames.IsOpen)
        {
            _frames.Flush();
        }

        Commit(position);
        return position < head;
    }

    /// <summary>Ends the open frame, if there is one.</summary>
    internal void EndFrame()
    {
        if (!_frames.IsOpen) return;
        _frames.End(FrameKind.Events, _lines.Counts);
        Commit(_position);
    }

    /// <summary>Ends a frame that the dead process left open.</summary>
    internal void CloseFrame(Stream frame, ReadOnlySpan<byte> closing)
    {
        _frames.Close(frame, closing, _lines.Counts);
        Commit(_position);
    }

    /// <summary>Writes the last frame and waits for the disk.</summary>
    internal void Seal(bool complete, ReadOnlySpan<byte> reason)
    {
        _lines.End(complete, reason);
        // One write: a recording never lies there with its last events linked, but no end.
        if (_frames.IsOpen) _frames.End(FrameKind.Events, _lines.Counts);
        _frames.Add(_lines.Written, hurry: false);
        _lines.Clear();
        _frames.End(complete ? FrameKind.Complete : FrameKind.Broken, _lines.Counts);
        Commit(_position);
        _file.Sync();
    }

    /// <summary>Writes what a failed write left unwritten.</summary>
    internal void WriteAgain()
    {
        if (_unwritten is not null) Write();
    }

    public void Dispose() => _frames.Dispose();

    private void Commit(long position)
    {
        _unwritten = new Checkpoint(_checkpoint++, Length, Length + _frames.Pending.Length, position, _lines.Counts, _lines.OutputRest, _lines.InputRest);
        Write();
    }

    private void Write()
    {
        Checkpoint now = _unwritten!;
        // Somebody cut it: writing on would leave a hole.
        if (_file.Length < now.Before) throw RecordingWriteException.Gone(_file.Path);
        _map?.Save(now);
        _file.Write(now.Before, _frames.Pending);
        Length = now.After;
        _frames.Written();
        _position = now.Position;
        if (_ring is not null) _ring.Tail = now.Position;
        _unwritten = null;
    }

    private static long WholeUntil(JournalMap map, long position)
    {
        var ring = new JournalRing(map);
        while (ring.IsWhole(position)) position = ring.Read(position).Next;
        return position;
    }
}
