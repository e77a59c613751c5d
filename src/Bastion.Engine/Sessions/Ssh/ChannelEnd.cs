namespace Bastion.Sessions.Ssh;

/// <summary>How a channel ended.</summary>
/// <param name="Closed">By the host, in order; otherwise the connection was lost.</param>
/// <param name="ExitCode"><see langword="null"/>: not told, or a signal.</param>
/// <param name="ExitSignal">Without SIG, e.g. <c>KILL</c>; <see langword="null"/>: none.</param>
/// <param name="Cause">Why the connection was lost.</param>
internal sealed record ChannelEnd(bool Closed, int? ExitCode, string? ExitSignal, Exception? Cause);
