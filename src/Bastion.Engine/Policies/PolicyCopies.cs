namespace Bastion.Policies;

/// <summary>Makes policies of policies.</summary>
public sealed class PolicyCopies
{
    private readonly EngineContext _context;

    internal PolicyCopies(EngineContext context) => _context = context;

    /// <summary>Makes a policy with the priority, the comment, the scope and all rule sections of another. Among equals the copy decides first, for it is the newer.</summary>
    /// <param name="caller">Who copies.</param>
    /// <param name="reference">The policy to copy.</param>
    /// <param name="name">The copy's unique name.</param>
    /// <param name="enabled">Whether it counts at once; <see langword="null"/>: as the other does.</param>
    /// <exception cref="BastionException">No such policy, or it can't be read; or the name is taken or bad. Nothing was made then.</exception>
    public ControlPolicy Copy(Caller caller, PolicyReference reference, string name, bool? enabled = null) => _context.ChangeOwned(caller, change =>
    {
        ControlPolicy old = PolicyStore.Resolve(change.Connection, reference);
        PolicyAuthority.AuthorizeOld(change, old, reference.Name);
        old.RequireReadable();
        ControlPolicy copy = old with
        {
            Name = Names.Check("control policy", name),
            Enabled = enabled ?? old.Enabled,
            CreatedAt = change.Now,
            ChangedAt = change.Now,
        };
        return PolicyService.Add(change, copy, $"copy of {old.Name}; ");
    });
}
