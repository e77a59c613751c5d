using Bastion.Audit.Recording;
using Bastion.Audit.Sessions;
using Bastion.Policies;

namespace Bastion.Sessions;

/// <summary>
/// One session from its first row in the log to its last: recorder, live checks and end. Its token is cancelled when the caller stops,
/// when the recording can no longer be written, and when a gate closes while the session runs.
/// </summary>
internal sealed class SessionScope : IDisposable
{
    private readonly EngineContext _context;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _recorderFailed;
    private readonly ITimer _guard;
    private SessionAudit _row;
    private string? _endReason;
    private bool _ended;

    private SessionScope(EngineContext context, SessionAudit row, ISessionRecorder recorder, Func<AccessDecision> decide, CancellationToken stop)
    {
        (_context, _row, Recorder) = (context, row, recorder);
        _end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _recorderFailed = recorder.Failed.Register(() => Close("The recording could no longer be written."));
        // Polled, not pushed: a revoked grant, a changed policy, the end of a time window or of a user count alike, from whichever process.
        _guard = context.Clock.CreateTimer(_ => Check(decide), null, GuardEvery, GuardEvery);
    }

    internal static TimeSpan GuardEvery { get; } = TimeSpan.FromSeconds(1);

    internal ISessionRecorder Recorder { get; }

    /// <summary>Cancelled when the session must end.</summary>
    internal CancellationToken Token => _end.Token;

    /// <summary>Why the session was closed from this side; <see langword="null"/> while it was not.</summary>
    internal string? ClosedBecause => Volatile.Read(ref _endReason);

    /// <summary>Writes the first row and starts the recorder: in this order, so that no recording is without its row.</summary>
    /// <exception cref="RecordingUnavailableException">The recording can't be written; the row says so.</exception>
    internal static SessionScope Start(EngineContext context, SessionAudit row, RecordingFolder folder, RecordingHeader header, Func<AccessDecision> decide, CancellationToken stop)
    {
        context.Database.Write(connection => SessionAuditStore.Add(connection, row));
        try
        {
            ISessionRecorder recorder = SessionRecorder.Start(folder, header, context.Clock);
            return new SessionScope(context, row, recorder, decide, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BastionException)
        {
            var failure = new RecordingUnavailableException(row.Id, e);
            context.Database.Write(connection => SessionAuditStore.End(connection, row with { State = SessionState.Failed, EndedAt = context.Now, EndReason = failure.Message, Recording = null }));
            throw failure;
        }
    }

    /// <summary>Whether the session was opened.</summary>
    internal bool IsRunning { get; private set; }

    /// <summary>Whether its last row is written.</summary>
    internal bool HasEnded => _ended;

    internal void Running()
    {
        _context.Database.Write(connection => SessionAuditStore.Run(connection, _row.Id));
        IsRunning = true;
    }

    /// <summary>Seals the recording and writes the last row.</summary>
    internal SessionAudit End(SessionState state, string reason, int? exitCode)
    {
        if (_ended) return _row;
        _ended = true;
        _guard.Dispose();
        RecordingSummary recording = Recorder.Seal(reason);
        _row = _row with
        {
            State = state,
            EndReason = Printable.Escape(reason),
            EndedAt = _context.Now,
            ExitCode = exitCode,
            OutputBytes = recording.OutputBytes,
            InputBytes = recording.InputBytes,
            // Without a head the recording is not sealed yet (the disk did not take it): whoever looks next tries again.
            RecordingHead = recording.Complete ? recording.Head : null,
        };
        _context.Database.Write(connection => SessionAuditStore.End(connection, _row));
        return _row;
    }

    public void Dispose()
    {
        _guard.Dispose();
        _recorderFailed.Dispose();
        if (!_ended) End(SessionState.Failed, ClosedBecause ?? "The session ended with an error.", null);
        Recorder.Dispose();
        _end.Dispose();
    }

    private void Check(Func<AccessDecision> decide)
    {
        try
        {
            AccessDecision now = decide();
            if (!now.Allowed) Close(now.Reason);
        }
        catch (BastionException e)
        {
            // Who can't be checked can't go on.
            Close(e.Message);
        }
    }

    private void Close(string reason)
    {
        if (Interlocked.CompareExchange(ref _endReason, reason, null) is not null) return;
        try
        {
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The session ended by itself in the same moment.
        }
    }
}
