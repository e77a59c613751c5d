using System.Text;
using Bastion.Audit.Export;
using Bastion.Store;

namespace Bastion.Policies.Code;

/// <summary>Policies as files: written, taken over, compared.</summary>
public sealed class PolicyCodeService
{
    private readonly EngineContext _context;

    internal PolicyCodeService(EngineContext context) => _context = context;

    /// <summary>Writes policies to a file, in the order in which they decide. It is there whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="policies">Which; <see langword="null"/>: all.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="BastionException">No such policy, one can't be read; or the file is there, or can't be written.</exception>
    public FileInfo Export(string path, IReadOnlyList<PolicyReference>? policies, bool overwrite)
    {
        IReadOnlyList<ControlPolicy> all = _context.Database.Read(connection =>
        {
            HashSet<long>? asked = policies?.Select(reference => PolicyStore.Resolve(connection, reference).Id).ToHashSet();
            return PolicyStore.List(connection).Where(policy => asked?.Contains(policy.Id) != false).ToList();
        });
        return PrivateFile.Write(path, Encoding.UTF8.GetBytes(PolicyWriter.Write(all)), overwrite);
    }

    /// <summary>Reads a file of policies and says what its import would do. Nothing is changed.</summary>
    /// <exception cref="BastionException">The file can't be read; or something in it is wrong or names what is not there: all of that is told.</exception>
    public PolicyPlan Plan(string path)
    {
        IReadOnlyList<PolicyEntry> entries = PolicyReader.Read(path);
        return _context.Database.Read(connection =>
        {
            IReadOnlyList<Target> targets = Targets(connection, path, entries);
            return new PolicyPlan(path, entries, [.. targets.Select(t => t.Step)], [.. PolicyOrder.Warnings([.. targets.Select(t => (t.Policy, t.Present?.Id))]), .. targets.SelectMany(t => ApprovalWarnings.Of(connection, t.Policy, written: false, _context.Now))]);
        });
    }

    /// <summary>Takes over the policies of a file: all of them, or none. Those of the store that the file does not name stay. Running it twice changes nothing.</summary>
    /// <param name="caller">Who imports.</param>
    /// <param name="plan">The file, as it was read.</param>
    /// <param name="names">Only policies of these names; <see langword="null"/>: all.</param>
    /// <returns>What was done, policy by policy.</returns>
    /// <exception cref="BastionException">Something is named that is no longer there. Nothing was changed then.</exception>
    public IReadOnlyList<PolicyImportStep> Import(Caller caller, PolicyPlan plan, IReadOnlySet<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return _context.ChangeOwned(caller, change =>
        {
            // Looked up again: the store may have changed since the plan was made.
            IReadOnlyList<Target> targets = Targets(change.Connection, plan.Path, [.. plan.Entries.Where(e => names?.Contains(e.Policy.Name) != false)]);
            if (targets.Count == 0) change.AuthorizeEverything();
            foreach (Target target in targets) Authorize(change, target);
            // The last of the file first: among equals the newest decides, and so does the first of the file.
            foreach (Target target in targets.Reverse()) Apply(change, target);
            return targets.Select(t => t.Step with { Done = true }).ToList();
        });
    }

    /// <summary>Compares policies, field by field. Names are not looked up.</summary>
    /// <param name="path">The file that is compared.</param>
    /// <param name="reference">The file to compare it with; <see langword="null"/>: the store.</param>
    /// <exception cref="BastionException">A file can't be read, or something in it is wrong.</exception>
    public IReadOnlyList<PolicyDifference> Compare(string path, string? reference)
    {
        IReadOnlyList<ControlPolicy> before = reference is null ? _context.Database.Read(PolicyStore.List) : [.. PolicyReader.Read(reference).Select(e => e.Policy)];
        return [.. PolicyComparer.Compare(before, [.. PolicyReader.Read(path).Select(e => e.Policy)])];
    }

    private static List<Target> Targets(Connection connection, string path, IReadOnlyList<PolicyEntry> entries)
    {
        var problems = new Problems();
        var resolver = new PolicyResolver(connection, problems);
        Dictionary<string, ControlPolicy> present = PolicyStore.List(connection).ToDictionary(p => Names.Key(p.Name), StringComparer.Ordinal);
        List<Target> targets = [.. entries.Select(entry =>
        {
            ControlPolicy? old = present.GetValueOrDefault(Names.Key(entry.Policy.Name));
            return Target.Of(path, entry, old, resolver.Resolve(entry, old));
        })];
        problems.ThrowIfAny(path);
        return targets;
    }

    // Also what is left as it is: whether the store has it is told only to those who may write it.
    private static void Authorize(Change change, Target target)
    {
        if (target.Present is { } present) PolicyAuthority.AuthorizeOld(change, present, present.Name);
        else PolicyAuthority.AuthorizeOld(change, target.Policy, target.Policy.Name);
    }

    private static void Apply(Change change, Target target)
    {
        if (target.Step.Action == PolicyImportAction.Unchanged) return;
        ControlPolicy policy = target.Policy with { Id = target.Present?.Id ?? 0, CreatedAt = target.Present?.CreatedAt ?? change.Now, ChangedAt = change.Now };
        IReadOnlyList<string> owners = PolicyAuthority.AuthorizeNew(change, policy);
        if (target.Present is null) PolicyStore.Add(change.Connection, policy);
        else PolicyStore.Change(change.Connection, policy, scopeToo: true);
        change.Audit(target.Present is null ? "policy.added" : "policy.changed", policy.Name, OwnerAccounts.Only(owners), $"from {Path.GetFileName(target.Step.Path)}; {target.Step.Detail}",
            target.Present is null ? null : PolicyAuthority.Facts(target.Present), PolicyAuthority.Facts(policy));
    }

    /// <summary>A policy of a file, looked up, beside the store's.</summary>
    private sealed record Target(ControlPolicy Policy, ControlPolicy? Present, PolicyImportStep Step)
    {
        internal static Target Of(string path, PolicyEntry entry, ControlPolicy? present, ControlPolicy policy)
        {
            PolicyDifference[] changes = present is null ? [] : [.. PolicyComparer.Compare(present, policy)];
            return new Target(policy, present, new PolicyImportStep
            {
                Policy = policy.Name,
                Action = present is null ? PolicyImportAction.Create : changes.Length == 0 ? PolicyImportAction.Unchanged : PolicyImportAction.Change,
                Changes = changes,
                Detail = present is null ? PolicyComparer.Describe(policy) : string.Join("; ", changes.Select(c => c.ToString())),
                Done = present is not null && changes.Length == 0,
                Path = path,
                Line = entry.Name.At.Line,
            });
        }
    }
}
