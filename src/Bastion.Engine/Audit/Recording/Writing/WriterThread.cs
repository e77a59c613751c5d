using Bastion.Audit.Recording.Journals;

namespace Bastion.Audit.Recording.Writing;

/// <summary>The thread that moves a session's journal into its recording, and finds out when that can't be done any more.</summary>
internal sealed class WriterThread : IDisposable
{
    // Before a second is over, with time left for the work itself
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SyncUnderLoadEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FrameAge = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _failed = new();
    private readonly ManualResetEventSlim _wake = new();
    private readonly ManualResetEventSlim _room = new();
    private readonly RecordingDrain _drain;
    private readonly IRecordingFile _file;
    private readonly JournalRing _ring;
    private readonly string _journalPath;
    private readonly TimeSpan _patience;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private Exception? _failure;

    /// <summary>Starts the thread.</summary>
    /// <param name="drain">What moves the bytes.</param>
    /// <param name="file">The recording.</param>
    /// <param name="ring">The journal's ring.</param>
    /// <param name="journalPath">The journal.</param>
    /// <param name="patience">A disk that takes nothing for so long while the ring is full has failed.</param>
    internal WriterThread(RecordingDrain drain, IRecordingFile file, JournalRing ring, string journalPath, TimeSpan patience)
    {
        _patience = patience;
        (_drain, _file, _ring, _journalPath, Failed) = (drain, file, ring, journalPath, _failed.Token);
        _thread = BackgroundThread.Start("Bastion recorder", Run);
    }

    internal CancellationToken Failed { get; }

    internal bool HasEnded => !_thread.IsAlive;

    internal Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Does not let the thread sleep out its second. Costs a system call only when it sleeps.</summary>
    internal void Wake()
    {
        if (!_wake.IsSet) _wake.Set();
    }

    /// <summary>Waits a little for the thread to make room in the ring.</summary>
    /// <param name="tail">The ring's tail as the caller saw it last; moves on.</param>
    /// <param name="since">When the caller saw it move, in ticks of the system's clock.</param>
    /// <exception cref="RecordingWriteException">There will be no room.</exception>
    internal void WaitForRoom(ref long tail, ref long since)
    {
        if (Failure is { } failure) throw RecordingWriteException.Failed(_file.Path, failure);
        long now = Environment.TickCount64;
        if (_ring.Tail != tail) (tail, since) = (_ring.Tail, now);
        else if (now - since > _patience.TotalMilliseconds) Fail(RecordingWriteException.Stalled(_file.Path, _patience));
        _room.Reset();
        Wake();
        _room.Wait(TimeSpan.FromMilliseconds(20), CancellationToken.None);
    }

    /// <summary>Tells the session that it can't go on; only the first reason counts.</summary>
    internal void Fail(Exception failure)
    {
        if (Interlocked.CompareExchange(ref _failure, failure, null) is not null) return;
        _room.Set();
        // On other threads: who is told will want to seal, which waits for this one.
        _ = _failed.CancelAsync();
    }

    /// <summary>Stops the thread.</summary>
    /// <returns><see langword="false"/> when the disk hangs and it does not come back.</returns>
    internal bool Stop()
    {
        _stopping = true;
        _wake.Set();
        long length = _drain.Length;
        while (!_thread.Join(_patience))
        {
            if (_drain.Length == length) return false;
            length = _drain.Length;
        }

        return true;
    }

    public void Dispose()
    {
        if (_thread.IsAlive) return;
        _failed.Dispose();
        _wake.Dispose();
        _room.Dispose();
    }

    private void Run()
    {
        try
        {
            (long checkedAt, long syncedAt, long frameSince) = (Environment.TickCount64, Environment.TickCount64, Environment.TickCount64);
            bool more = false, unsynced = true;
            while (!_stopping)
            {
                if (!more)
                {
                    _wake.Wait(Tick, CancellationToken.None);
                    _wake.Reset();
                }

                (long now, long before) = (Environment.TickCount64, _drain.Length);
                if (!_drain.HasOpenFrame) frameSince = now;
                more = _drain.Batch();
                _room.Set();
                if (now - frameSince > FrameAge.TotalMilliseconds) _drain.EndFrame();
                unsynced |= _drain.Length != before;
                if (now - checkedAt >= Tick.TotalMilliseconds)
                {
                    checkedAt = now;
                    if (!_file.IsThere(_drain.Length) || !File.Exists(_journalPath)) throw RecordingWriteException.Gone(_file.Path);
                }

                if (!unsynced || now - syncedAt < (more ? SyncUnderLoadEvery : SyncEvery).TotalMilliseconds) continue;
                _file.Sync();
                (unsynced, syncedAt) = (false, now);
            }
        }
        catch (Exception e)
        {
            // Whatever it is, the session must not go on unrecorded.
            Fail(e);
        }
    }
}
