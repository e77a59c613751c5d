using System.Text;
using Bastion.Audit.Recording.Frames;
using Bastion.Audit.Recording.Journals;
using Bastion.Audit.Recording.Writing;

namespace Bastion.Audit.Recording;

/// <summary>
/// Records one session. The caller's side copies into a ring of 8 MiB in a memory-mapped journal, which outlives the process; a thread of its
/// own turns that into the recording, at least once a second.
/// </summary>
public sealed class SessionRecorder : ISessionRecorder
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly object _sealing = new();
    private readonly TimeProvider _clock;
    private readonly long _began;
    private readonly JournalLock _journal;
    private readonly JournalMap _map;
    private readonly JournalRing _ring;
    private readonly IRecordingFile _file;
    private readonly RecordingDrain _drain;
    private readonly WriterThread _writer;
    private RecordingSummary? _summary;
    private long _lastMicros;
    private bool _closed;
    private bool _refused;

    private SessionRecorder(IRecordingFile file, JournalLock journal, string journalPath, RecordingHeader header, TimeProvider clock, TimeSpan patience)
    {
        (_file, _journal, _clock) = (file, journal, clock);
        _map = JournalMap.Create(journal);
        _ring = new JournalRing(_map);
        try
        {
            _drain = new RecordingDrain(_map, file, header);
        }
        catch
        {
            _map.Dispose();
            throw;
        }

        _began = clock.GetTimestamp();
        _writer = new WriterThread(_drain, file, _ring, journalPath, patience);
    }

    /// <inheritdoc/>
    public CancellationToken Failed => _writer.Failed;

    /// <inheritdoc/>
    public Exception? Failure => _writer.Failure;

    /// <summary>The writer's thread is gone.</summary>
    internal bool HasEnded => _writer.HasEnded;

    /// <summary>Begins a recording; its header is in the file when this returns.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="header">What it is about.</param>
    /// <param name="clock">Times of events.</param>
    /// <exception cref="IOException">It can't be written, or is there already.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static ISessionRecorder Start(RecordingFolder folder, RecordingHeader header, TimeProvider clock) => Start(folder, header, clock, RecordingFile.Create);

    internal static SessionRecorder Start(RecordingFolder folder, RecordingHeader header, TimeProvider clock, Func<string, IRecordingFile> create, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(clock);
        string path = folder.PathOf(header.SessionId, header.StartedAt), journalPath = RecordingFolder.JournalOf(path);
        folder.MakeFoldersOf(path);
        // The journal first: who finds a recording whose journal is not locked knows that nobody writes it.
        JournalLock journal = JournalLock.Create(journalPath, JournalMap.FileBytes);
        try
        {
            IRecordingFile file = create(path);
            try
            {
                return new SessionRecorder(file, journal, journalPath, header, clock, patience ?? Patience);
            }
            catch
            {
                file.Dispose();
                File.Delete(path);
                throw;
            }
        }
        catch
        {
            journal.Delete();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Output(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty) Record(RecordKind.Output, bytes);
    }

    /// <inheritdoc/>
    public void Input(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty) Record(RecordKind.Input, bytes);
    }

    /// <inheritdoc/>
    public void Resize(int columns, int rows) => Record(RecordKind.Resize, Encoding.ASCII.GetBytes($"{HeaderLine.Cells(columns)}x{HeaderLine.Cells(rows)}"));

    /// <inheritdoc/>
    public void Marker(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] bytes = new byte[JournalRing.MaxPayload];
        Encoding.UTF8.GetEncoder().Convert(text, bytes, flush: true, out _, out int used, out _);
        Record(RecordKind.Marker, bytes.AsSpan(0, used));
    }

    /// <inheritdoc/>
    public RecordingSummary Seal(string reason) => Seal(reason, complete: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        Seal("The recorder was closed before the session had ended.", complete: false);
        _writer.Dispose();
    }

    private void Record(RecordKind kind, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            do
            {
                ReadOnlySpan<byte> piece = bytes[..Math.Min(bytes.Length, JournalRing.MaxPayload)];
                if (!_ring.TryAppend(kind, Micros(), piece)) AppendLater(kind, piece);
                if (_ring.Used > JournalMap.RingBytes / 2) _writer.Wake();
                bytes = bytes[piece.Length..];
            }
            while (!bytes.IsEmpty);
        }
    }

    // The ring is full: the session has to wait, as it must not lose a byte.
    private void AppendLater(RecordKind kind, ReadOnlySpan<byte> piece)
    {
        (long tail, long since) = (_ring.Tail, Environment.TickCount64);
        try
        {
            while (!_ring.TryAppend(kind, Micros(), piece)) _writer.WaitForRoom(ref tail, ref since);
        }
        catch (RecordingWriteException)
        {
            _refused = true;
            throw;
        }
    }

    private long Micros() => _lastMicros = Math.Max(_lastMicros, _clock.GetElapsedTime(_began).Ticks / TimeSpan.TicksPerMicrosecond);

    private RecordingSummary Seal(string reason, bool complete)
    {
        lock (_sealing)
        {
            if (_summary is not null) return _summary;
            lock (_gate) _closed = true;
            // A disk that hangs keeps the thread, and with it the files.
            if (!_writer.Stop()) return _summary = _drain.Summary(complete: false);
            complete &= !_refused && Failure is not RecordingWriteException { WasTouched: true };
            bool written = WriteLast(reason, complete);
            _summary = _drain.Summary(complete && written);
            Close(written);
            return _summary;
        }
    }

    // What the thread left; after a failure the disk may have room again.
    private bool WriteLast(string reason, bool complete)
    {
        try
        {
            bool more = true;
            while (more) more = _drain.Batch();
            _drain.Seal(complete, Encoding.UTF8.GetBytes(Failure is { } failure ? $"{reason} The recorder failed: {failure.Message}" : reason));
            if (_file.IsThere(_drain.Length)) return true;
            _writer.Fail(RecordingWriteException.Gone(_file.Path));
            return _file.Restore();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RecordingWriteException or ZstdSharp.ZstdException)
        {
            _writer.Fail(e);
        }

        return false;
    }

    // What could not be written stays in the journal, for whoever seals it later.
    private void Close(bool written)
    {
        _drain.Dispose();
        _file.Dispose();
        _map.Dispose();
        if (written) _journal.Delete();
        else _journal.Dispose();
    }
}
