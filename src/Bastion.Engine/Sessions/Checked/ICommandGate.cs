namespace Bastion.Sessions.Checked;

/// <summary>Decides what runs in a checked session. Asked for each command, just before it would be sent.</summary>
internal interface ICommandGate
{
    /// <summary>Decides. May wait, for somebody's approval for instance.</summary>
    /// <param name="text">The command as the shell would read it.</param>
    /// <param name="notice">Shows a line to the operator, such as for what is waited.</param>
    /// <param name="stop">The operator no longer waits (Ctrl-C), or the session ends.</param>
    Task<CommandVerdict> DecideAsync(string text, Action<string> notice, CancellationToken stop);

    /// <summary>Whether completion may show names of files, as <c>ls</c> would.</summary>
    bool MayList();

    /// <summary>The command was allowed and goes to the shell now.</summary>
    void Sent(string text);
}

/// <summary>Whether a command may run.</summary>
/// <param name="Allowed">Yes or no.</param>
/// <param name="Reason">Why, and what to do.</param>
/// <param name="Policy">The policy that decided; <see langword="null"/>: none restricts commands.</param>
internal sealed record CommandVerdict(bool Allowed, string Reason, string? Policy);
