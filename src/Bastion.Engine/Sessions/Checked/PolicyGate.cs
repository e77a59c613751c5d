using Bastion.Policies.Commands;

namespace Bastion.Sessions.Checked;

/// <summary>Lets the policies decide, as they are at the moment.</summary>
/// <param name="decide">Decides a text, given whether the shell may hold values that are not known.</param>
internal sealed class PolicyGate(Func<string, bool, AccessDecision> decide) : ICommandGate
{
    private bool _valuesUnknown;

    public Task<CommandVerdict> DecideAsync(string text, Action<string> notice, CancellationToken stop)
    {
        AccessDecision decision = decide(text, _valuesUnknown);
        return Task.FromResult(new CommandVerdict(decision.Allowed, decision.Reason, decision.CommandPolicy));
    }

    public bool MayList() => decide("ls", _valuesUnknown).Allowed;

    // Arithmetic evaluates the values of variables: a value set by one command counts in all that follow.
    public void Sent(string text) => _valuesUnknown |= CommandText.Parse(text).LeavesUnknown;
}
