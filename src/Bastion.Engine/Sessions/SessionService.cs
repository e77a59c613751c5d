using System.Diagnostics;
using System.Text.Json;
using Bastion.Approvals;
using Bastion.Assets;
using Bastion.Assets.HostKeys;
using Bastion.Audit.Commands;
using Bastion.Audit.Recording;
using Bastion.Audit.Sessions;
using Bastion.Credentials.Secrets;
using Bastion.Grants;
using Bastion.Policies;
using Bastion.Policies.Commands;
using Bastion.Policies.Rules;
using Bastion.Sessions.Checked;
using Bastion.Sessions.Ssh;
using Bastion.Sessions.Terminals;
using Bastion.Users;

namespace Bastion.Sessions;

/// <summary>Opens sessions: every gate first, then the recorder, then the asset. What was refused is in the audit as well.</summary>
public sealed class SessionService
{
    private readonly EngineContext _context;
    private readonly AccessCheck _access;
    private readonly ApprovalGate _approvals;
    private readonly HostKeyService _hostKeys;
    private readonly RecordingFolder _recordings;

    internal SessionService(EngineContext context, UserService users, GrantService grants, PolicyService policies, ApprovalGate approvals, HostKeyService hostKeys, RecordingFolder recordings)
    {
        _context = context;
        _approvals = approvals;
        _access = new AccessCheck(context, users, grants, policies);
        _hostKeys = hostKeys;
        _recordings = recordings;
    }

    /// <summary>Opens an interactive shell and returns when it has ended. Where policies restrict commands it is a checked one: each command is decided before it runs.</summary>
    /// <exception cref="BastionException">Denied, not reachable, not recordable, or the log-on failed.</exception>
    public Task<SessionAudit> ShellAsync(Caller caller, SessionRequest request, ITerminal terminal, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        return RunAsync(caller, request, ProtocolChannel.SshShell, null, (terminal.Columns, terminal.Rows), async open =>
        {
            SessionScope scope = open.Scope;
            ShellResult result = open.Decision.DecidesCommands
                ? await Checked(caller, request.Approval, open).RunAsync(terminal, scope.Recorder, scope.Token)
                : await new InteractiveShell(open.Connection).RunAsync(terminal, scope.Recorder, scope.Token);
            return new Outcome(result.End is SessionEnd.ConnectionLost or SessionEnd.RecorderFailed ? SessionState.Broken : SessionState.Ended, Describe(result), result.ExitCode);
        }, stop);
    }

    /// <summary>Runs one command and returns when it has ended.</summary>
    /// <exception cref="BastionException">Denied, not reachable, not recordable, or the log-on failed.</exception>
    public async Task<CommandResult> ExecAsync(Caller caller, SessionRequest request, CommandRequest command, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(command);
        List<string> output = [], errors = [];
        var outputLines = new LineSplitter(line => Take(line, isError: false));
        var errorLines = new LineSplitter(line => Take(line, isError: true));
        long began = Stopwatch.GetTimestamp();
        SessionAudit session = await RunAsync(caller, request, ProtocolChannel.SshExec, command.Command, (80, 24), async open =>
        {
            SessionScope scope = open.Scope;
            Action<int?> ended = new CommandLog(_context, open.Row, scope.Recorder).Begin(command.Command, open.Decision.Verdict);
            using MemoryStream? input = command.Input is null ? null : new MemoryStream(command.Input, writable: false);
            var remote = new RemoteCommandRequest(open.Decision.DecidesCommands ? KnownShell.Wrap(command.Command) : command.Command) { Input = input, Output = outputLines.Add, Error = errorLines.Add, Timeout = command.Timeout };
            RemoteCommandResult result = await new RemoteCommand(open.Connection).RunAsync(remote, scope.Recorder, scope.Token);
            ended(result.ExitCode);
            outputLines.End();
            errorLines.End();
            return new Outcome(SessionState.Ended, Describe(result.ExitCode, result.ExitSignal, "The command"), result.ExitCode);
        }, stop);
        return new CommandResult
        {
            Asset = session.Asset,
            OwnerAccountId = session.OwnerAccountId,
            Account = session.Account,
            Command = command.Command,
            ExitCode = session.ExitCode,
            Output = output,
            ErrorOutput = errors,
            Duration = Stopwatch.GetElapsedTime(began),
            SessionId = session.Id,
        };

        void Take(string line, bool isError)
        {
            if (command.OnLine is { } take) take(line, isError);
            else (isError ? errors : output).Add(line);
        }
    }

    /// <summary>Asks for the approval of a session ahead of its time.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="request">Who wants to go where; from when, until when and why is in its wish.</param>
    /// <param name="channel">What is to be opened.</param>
    /// <exception cref="BastionException">It is denied then whatever approvers say, no policy asks for approval, or the wish makes no sense.</exception>
    public ApprovalRequest AskApproval(Caller caller, SessionRequest request, ProtocolChannel channel)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        SessionSubject subject = _access.Identify(caller, request);
        AccessDecision decision = _access.Decide(caller, subject, channel, null, at: request.Approval.From);
        // Which commands will run is not known yet: what holds for them is asked when they do.
        bool denied = decision.Policy?.Sections.Any(s => s.Outcome == SectionOutcome.Denied && !(channel == ProtocolChannel.SshExec && s.Section is CommandControl.Name or CommandApproval.Name)) ?? true;
        if (denied) throw new SessionDeniedException(decision.ErrorId ?? "Denied", $"{subject.Account?.Name}@{subject.Asset.Name}", decision.Reason);
        return _approvals.Ask(caller, subject.Asking(caller, channel, null), decision.Policy!, request.Approval);
    }

    /// <summary>Seals the recordings of sessions whose process died, or whose end the disk did not take, and says so in their rows.</summary>
    internal void SealBroken()
    {
        foreach (SessionAudit session in _context.Database.Read(SessionAuditStore.AllUnsealed))
        {
            if (RecordingRecovery.SealBroken(_recordings, session.Id, session.StartedAt) is not { } recording) continue;
            SessionAudit found = session with { OutputBytes = recording.OutputBytes, InputBytes = recording.InputBytes, RecordingHead = recording.Head };
            _context.Database.Write(connection =>
            {
                if (session.EndedAt is not null) SessionAuditStore.SealLater(connection, found);
                else SessionAuditStore.End(connection, found with { State = SessionState.Broken, EndReason = "The process that held the session died.", EndedAt = session.StartedAt + recording.Length });
            });
        }
    }

    private async Task<SessionAudit> RunAsync(Caller caller, SessionRequest request, ProtocolChannel channel, string? command, (int Columns, int Rows) size,
        Func<OpenSession, Task<Outcome>> work, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        SealBroken();
        SessionSubject subject = _access.Identify(caller, request);
        AccessDecision decision = _access.Decide(caller, subject, channel, command);
        ApprovalHold? hold = null;
        if (decision.NeedsApproval)
        {
            hold = await _approvals.PassAsync(caller, subject.Asking(caller, channel, command), request.Approval, held => _access.Decide(caller, Refresh(subject), channel, command, held).Policy, stop);
            // What happened while it was waited for counts.
            subject = Refresh(subject);
            decision = _access.Decide(caller, subject, channel, command, hold);
        }

        SessionAudit row = Row(caller, subject, channel, command, decision);
        if (!decision.Allowed) throw Deny(row, decision);
        if (subject.Asset.State is AssetState.Stopped or AssetState.Vanished) throw Refuse(row, new AssetNotReachableException(subject.Asset.Name, subject.Asset.State));
        KeptCredential? kept = Kept(caller, subject, request.Password);
        using KeptCredential credential = kept ?? await AskAsync(subject, request, stop) ?? throw Refuse(row, new CredentialMissingException(subject.Account!.ToString(), subject.Account.IsSelf));
        // Somebody typed meanwhile, for however long.
        if (kept is null && _access.Decide(caller, Refresh(subject), channel, command, hold) is { Allowed: false } closed) throw Deny(row, closed);

        using SessionScope scope = SessionScope.Start(_context, row, _recordings, Header(row, size), () => StillHolds(decision, _access.Decide(caller, Refresh(subject), channel, command, hold)), stop);
        try
        {
            if (hold is not null) _approvals.Use(caller, subject.Asking(caller, channel, command), hold, row.Id);
            var target = new SshTarget(subject.Asset.Name, subject.Asset.Address!, subject.Asset.Ports[Protocols.Ssh], subject.Login, Logons.Nothing, request.ConnectTimeout);
            using SshConnection connection = await Logons.ConnectAsync(target, credential, new AssetHostKeys(_hostKeys, caller, subject.Asset), scope.Token);
            scope.Running();
            Outcome outcome = await work(new OpenSession(connection, scope, decision, row, subject, hold));
            return scope.ClosedBecause is { } reason ? throw Closed(scope, subject, reason) : scope.End(outcome.State, outcome.Reason, outcome.ExitCode);
        }
        // Whatever broke when a gate closed: the gate is why.
        catch (Exception e) when (e is OperationCanceledException or BastionException && !scope.HasEnded && scope.ClosedBecause is { } reason)
        {
            throw Closed(scope, subject, reason);
        }
        catch (OperationCanceledException)
        {
            scope.End(SessionState.Ended, "Stopped by the user.", null);
            throw;
        }
        catch (BastionException e) when (!scope.HasEnded)
        {
            scope.End(!scope.IsRunning ? SessionState.Failed : e.Kind == ErrorKind.Timeout ? SessionState.Ended : SessionState.Broken, e.Message, null);
            throw;
        }
    }

    private CheckedShell Checked(Caller caller, ApprovalWish wish, OpenSession open)
    {
        var gate = new CommandGate(_access, _approvals, caller, () => Refresh(open.Subject), ProtocolChannel.SshShell, open.Row.Id, open.Hold, new ApprovalWish { Reason = wish.Reason, NoWait = wish.NoWait });
        IReadOnlyList<string> before = _context.Database.Read(connection => SessionCommandStore.Last(connection, open.Subject.User.Id, open.Row.AssetId, 1000));
        return new CheckedShell(open.Connection, open.Row.Account, gate, new CommandLog(_context, open.Row, open.Scope.Recorder), before);
    }

    // A shell that was opened without checks can't be checked from now on.
    private static AccessDecision StillHolds(AccessDecision opened, AccessDecision now) => now.Allowed && now.Policy?.Channel == nameof(ProtocolChannel.SshShell) && now.DecidesCommands && !opened.DecidesCommands
        ? AccessDecision.No("DeniedByPolicy", "Commands are decided one by one from now on. Open the session again: it will be a checked one.") : now;

    private static string Describe(ShellResult result) => result.End switch
    {
        SessionEnd.RemoteExit => Describe(result.ExitCode, result.ExitSignal, "The shell"),
        SessionEnd.OperatorDisconnect => "Disconnected by the user.",
        SessionEnd.ConnectionLost => "The connection to the asset was lost.",
        SessionEnd.RecorderFailed => "The recording could no longer be written.",
        SessionEnd.TerminalLost => "The user's terminal is gone.",
        _ => "Stopped by the user.",
    };

    private static string Describe(int? exitCode, string? signal, string what) =>
        exitCode is { } code ? $"{what} ended with exit code {code}." : signal is { } name ? $"{what} was ended by signal {name}." : $"{what} ended.";

    private static BastionException Closed(SessionScope scope, SessionSubject subject, string reason)
    {
        if (scope.Recorder.Failure is { } failure)
        {
            scope.End(SessionState.Broken, $"Closed by the bastion: {reason} {failure.Message}", null);
            return new RecordingLostException(subject.Asset.Name, failure);
        }

        scope.End(SessionState.Ended, $"Closed by the bastion: {reason}", null);
        return new SessionDeniedException("SessionClosed", subject.ToString(), $"The bastion closed the session: {reason}");
    }

    // The names in it may have changed and the things may be gone: what is checked is what is there now.
    private SessionSubject Refresh(SessionSubject subject) => _context.Database.Read(connection =>
    {
        Asset asset = AssetStore.Resolve(connection, new AssetReference(subject.Asset));
        User user = UserStore.Resolve(connection, new UserReference(subject.User));
        return new SessionSubject(user, asset, AssetAccountService.Resolve(connection, asset, subject.Account!.Name, subject.Account.Protocol));
    });

    private SessionDeniedException Deny(SessionAudit row, AccessDecision decision)
    {
        _context.Database.Write(connection => SessionAuditStore.Add(connection, row with { State = SessionState.Denied, EndedAt = row.StartedAt, EndReason = decision.Reason, Recording = null }));
        if (row.Command is { } text) CommandLog.Add(_context, row, text, decision.Verdict);
        return new SessionDeniedException(decision.ErrorId ?? "Denied", $"{row.Account}@{row.Asset}", decision.Reason);
    }

    private BastionException Refuse(SessionAudit row, BastionException why)
    {
        _context.Database.Write(connection => SessionAuditStore.Add(connection, row with { State = SessionState.Failed, EndedAt = row.StartedAt, EndReason = why.Message, Recording = null }));
        return why;
    }

    // What is given for this session goes before what is kept.
    private KeptCredential? Kept(Caller caller, SessionSubject subject, string? given)
    {
        if (given is not null) return new KeptCredential([], given);
        KeptCredential kept = AccountLogon.Open(_context, caller, subject.Account!, subject.Login);
        return kept.IsEmpty ? null : kept;
    }

    private static async Task<KeptCredential?> AskAsync(SessionSubject subject, SessionRequest request, CancellationToken stop) =>
        request.AskPassword is { } ask && await ask($"{subject.Login}@{subject.Asset.Name}", stop) is { Length: > 0 } typed ? new KeptCredential([], typed) : null;

    private SessionAudit Row(Caller caller, SessionSubject subject, ProtocolChannel channel, string? command, AccessDecision decision)
    {
        DateTimeOffset now = _context.Now;
        string id = SessionIds.New(now);
        return new SessionAudit
        {
            Id = id,
            User = subject.User.Name,
            UserId = subject.User.Id,
            Asset = subject.Asset.Name,
            AssetId = subject.Asset.Id,
            AssetAddress = $"{subject.Asset.Address}:{subject.Asset.Ports.GetValueOrDefault(Protocols.Ssh)}",
            Account = subject.Account?.Name ?? "",
            OwnerAccountId = subject.Asset.OwnerAccountId,
            Protocol = Protocols.Ssh,
            Channel = channel.ToString(),
            Command = command,
            SourceAddress = caller.SourceAddress.ToString(),
            StartedBy = caller.Name,
            StartedAt = now,
            State = SessionState.Starting,
            Decision = decision.Policy is { } policy ? JsonSerializer.Serialize(policy) : JsonSerializer.Serialize(new { decision.Allowed, Summary = decision.Reason }),
            Recording = Path.GetRelativePath(_recordings.Root, _recordings.PathOf(id, now)),
        };
    }

    private static RecordingHeader Header(SessionAudit row, (int Columns, int Rows) size) => new(row.Id, row.StartedAt, size.Columns, size.Rows,
        $"{row.User} → {row.Account}@{row.Asset}", new Dictionary<string, string>
        {
            ["user"] = row.User,
            ["asset"] = row.Asset,
            ["account"] = row.Account,
            ["ownerAccountId"] = row.OwnerAccountId,
            ["protocol"] = row.Protocol,
            ["channel"] = row.Channel,
            ["sourceAddress"] = row.SourceAddress,
        });

    private sealed record OpenSession(SshConnection Connection, SessionScope Scope, AccessDecision Decision, SessionAudit Row, SessionSubject Subject, ApprovalHold? Hold);

    private sealed record Outcome(SessionState State, string Reason, int? ExitCode);
}
