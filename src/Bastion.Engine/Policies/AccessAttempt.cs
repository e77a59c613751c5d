using System.Net;
using Bastion.Policies.Sql;

namespace Bastion.Policies;

/// <summary>What the rules are asked about.</summary>
/// <param name="Account">Login on the asset.</param>
/// <param name="Channel">What is to be opened.</param>
/// <param name="SourceAddress">Where the user sits.</param>
/// <param name="At">When.</param>
/// <param name="Command">The text of a command to run; <see langword="null"/>: none is named.</param>
/// <param name="ValuesUnknown">Whether the shell that runs it may hold variables whose values are not known, from commands before.</param>
internal sealed record AccessAttempt(string Account, ProtocolChannel Channel, IPAddress SourceAddress, DateTimeOffset At, string? Command = null, bool ValuesUnknown = false)
{
    /// <summary>Whether the asset runs Windows, whose commands can't be read yet.</summary>
    internal bool OnWindows { get; init; }

    /// <summary>SQL to run, taken apart; <see langword="null"/>: none is named.</summary>
    internal SqlText? Statement { get; init; }
}
