namespace Bastion.Sessions.Ssh;

/// <summary>Why an interactive session ended.</summary>
public enum SessionEnd
{
    /// <summary>The shell on the asset ended.</summary>
    RemoteExit,
    /// <summary>The operator typed <c>~.</c>, or the input came to its end.</summary>
    OperatorDisconnect,
    /// <summary>The connection to the asset broke off.</summary>
    ConnectionLost,
    /// <summary>The recording could no longer be written.</summary>
    RecorderFailed,
    /// <summary>The operator's terminal is gone.</summary>
    TerminalLost,
    /// <summary>The caller stopped it.</summary>
    Stopped,
}

/// <summary>How an interactive session ended.</summary>
public sealed record ShellResult
{
    /// <summary>Why it ended.</summary>
    public required SessionEnd End { get; init; }
    /// <summary>Exit code of the shell; <see langword="null"/> when it did not end by itself, or by a signal.</summary>
    public int? ExitCode { get; init; }
    /// <summary>The signal that ended the shell, without SIG; <see langword="null"/> when none did.</summary>
    public string? ExitSignal { get; init; }
}
