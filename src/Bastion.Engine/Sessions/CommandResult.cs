namespace Bastion.Sessions;

/// <summary>One command to run.</summary>
public sealed record CommandRequest
{
    /// <summary>The command, as the asset's shell reads it.</summary>
    public required string Command { get; init; }
    /// <summary>What it reads from its standard input; <see langword="null"/>: nothing.</summary>
    public byte[]? Input { get; init; }
    /// <summary>How long it may run; <see langword="null"/>: no limit.</summary>
    public TimeSpan? Timeout { get; init; }
    /// <summary>Given each line as it comes, and whether it is an error; the result then holds no lines.</summary>
    public Action<string, bool>? OnLine { get; init; }
}

/// <summary>What a command did.</summary>
public sealed record CommandResult
{
    /// <summary>Name of the asset.</summary>
    public required string Asset { get; init; }
    /// <summary>The account that owns the asset.</summary>
    public required string OwnerAccountId { get; init; }
    /// <summary>Account on the asset.</summary>
    public required string Account { get; init; }
    /// <summary>The command.</summary>
    public required string Command { get; init; }
    /// <summary>Its exit code; <see langword="null"/> when it was ended by a signal or broke off.</summary>
    public int? ExitCode { get; init; }
    /// <summary>Lines of its output. Control characters that a terminal would obey are shown as <c>\u{…}</c>.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];
    /// <summary>Lines of its error output, made safe in the same way.</summary>
    public IReadOnlyList<string> ErrorOutput { get; init; } = [];
    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }
    /// <summary>The session in the audit.</summary>
    public required string SessionId { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Join(Environment.NewLine, Output);
}

/// <summary>A command ended with an error of its own.</summary>
/// <param name="asset">The asset.</param>
/// <param name="command">The command.</param>
/// <param name="exitCode">Its exit code.</param>
public sealed class CommandFailedException(string asset, string command, int? exitCode) : BastionException("CommandFailed", ErrorKind.Conflict, asset,
    $"'{Printable.Escape(command)}' on '{asset}' ended with exit code {exitCode?.ToString() ?? "unknown (a signal)"}.");
