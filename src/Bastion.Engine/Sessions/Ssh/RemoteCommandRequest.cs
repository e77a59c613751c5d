namespace Bastion.Sessions.Ssh;

/// <summary>Takes bytes as they come. They are valid during the call only; as long as it lasts, the host is held back.</summary>
public delegate void BytesHandler(ReadOnlySpan<byte> bytes);

/// <summary>A command to run on an asset.</summary>
/// <param name="Command">As the asset's shell reads it.</param>
public sealed record RemoteCommandRequest(string Command)
{
    /// <summary>What the command reads from its standard input, sent as it takes it; <see langword="null"/>: nothing. Not disposed.</summary>
    public Stream? Input { get; init; }

    /// <summary>Takes its output.</summary>
    public BytesHandler? Output { get; init; }

    /// <summary>Takes its error output.</summary>
    public BytesHandler? Error { get; init; }

    /// <summary>How long it may run; <see langword="null"/>: no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>How a command ended.</summary>
public sealed record RemoteCommandResult
{
    /// <summary>Its exit code; <see langword="null"/>: a signal ended it, or the host told none.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended it, without SIG; <see langword="null"/>: none.</summary>
    public string? ExitSignal { get; init; }
}
