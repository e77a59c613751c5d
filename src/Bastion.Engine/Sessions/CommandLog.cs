using System.Diagnostics;
using Bastion.Audit.Commands;
using Bastion.Audit.Recording;
using Bastion.Audit.Sessions;
using Bastion.Sessions.Checked;

namespace Bastion.Sessions;

/// <summary>Takes a session's commands down in the store, and marks them in its recording.</summary>
internal sealed class CommandLog(EngineContext context, SessionAudit session, ISessionRecorder recorder) : ICommandLog
{
    public void Denied(string text, CommandVerdict verdict)
    {
        Add(context, session, text, verdict);
        recorder.Marker($"denied: {text}");
    }

    public Action<int?> Begin(string text, CommandVerdict verdict)
    {
        long id = Add(context, session, text, verdict);
        recorder.Marker(text);
        long began = Stopwatch.GetTimestamp();
        return exitCode => context.Database.Write(connection => SessionCommandStore.End(connection, id, exitCode, exitCode is null ? null : Stopwatch.GetElapsedTime(began)));
    }

    /// <summary>Takes one down that never got a recorder.</summary>
    internal static long Add(EngineContext context, SessionAudit session, string text, CommandVerdict verdict) => context.Database.Write(connection => SessionCommandStore.Add(connection, new SessionCommand
    {
        Id = 0,
        SessionId = session.Id,
        At = context.Now,
        User = session.User,
        Asset = session.Asset,
        Account = session.Account,
        OwnerAccountId = session.OwnerAccountId,
        Command = text,
        Decision = verdict.Allowed ? CommandDecision.Allowed : CommandDecision.Denied,
        Policy = verdict.Policy,
        Reason = verdict.Reason,
    }));
}
