using Bastion.Store;

namespace Bastion.Assets.Groups;

/// <summary>Groups of assets. How one goes is <c>Policies/GroupRemoval</c>: policies may cover it.</summary>
public sealed class AssetGroupService
{
    private readonly EngineContext _context;

    internal AssetGroupService(EngineContext context) => _context = context;

    /// <summary>Groups whose names fit, by name; all, if no pattern is given.</summary>
    public IReadOnlyList<AssetGroup> List(IReadOnlyList<NamePattern> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return _context.Database.Read(connection => AssetGroupStore.All(connection).Where(g => names.Fit(g.Name)).ToList());
    }

    /// <summary>The group that a name, an id or a group means, as it is now.</summary>
    /// <exception cref="AssetGroupNotFoundException">There is none.</exception>
    public AssetGroup Resolve(AssetGroupReference reference) => _context.Database.Read(connection => AssetGroupStore.Resolve(connection, reference));

    /// <summary>The assets in a group, by name, one by one as the caller wants them.</summary>
    /// <exception cref="AssetGroupNotFoundException">There is none.</exception>
    public IEnumerable<Asset> Members(AssetGroupReference reference)
    {
        long group = Resolve(reference).Id;
        return _context.Database.Stream(AssetGroupStore.MembersOf, AssetStore.Read, ("$group", group));
    }

    /// <summary>The groups that an asset is in, by name.</summary>
    /// <exception cref="AssetNotFoundException">There is none.</exception>
    public IReadOnlyList<AssetGroup> Of(AssetReference asset) => _context.Database.Read(connection => AssetGroupStore.Of(connection, AssetStore.Resolve(connection, asset).Id));

    /// <summary>Makes a group, with a rule or with members put in by hand.</summary>
    /// <exception cref="BastionException">The name is taken or bad, an asset is not there, or the rule makes no sense.</exception>
    public AssetGroup Add(Caller caller, NewAssetGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return _context.ChangeOwned(caller, change =>
        {
            var made = new AssetGroup { Name = Names.Check("group of assets", group.Name), Comment = group.Comment, Rule = group.Rule };
            if (made.Rule is not null && group.Assets.Count > 0) throw new GroupHasRuleException(made.Name, made.Rule.ToString());
            RefuseTwin(change.Connection, made.Name, null);
            AssetGroupMatcher? rule = made.Rule is null ? null : new AssetGroupMatcher(made.Name, made.Rule);
            long id = AssetGroupStore.Add(change.Connection, made, change.Now);
            if (rule is not null) AssetGroupStore.Fill(change.Connection, id, rule);
            string members = PutIn(change.Connection, id, group.Assets);
            made = AssetGroupStore.Resolve(change.Connection, new AssetGroupReference(id));
            IReadOnlyList<string> owners = Authorize(change, made, made.Name);
            change.Audit("assetgroup.added", made.Name, OwnerAccounts.Only(owners), made.Rule is null ? members : $"rule {made.Rule}", after: Facts(change.Connection, made));
            return made;
        });
    }

    /// <summary>Changes a group, its rule or its members. Putting in what is in already changes nothing.</summary>
    /// <exception cref="BastionException">No such group or asset, what should be taken out is not in, the group has a rule, or the name or rule is bad. Nothing was changed then.</exception>
    public AssetGroup Change(Caller caller, AssetGroupReference reference, AssetGroupChange update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return _context.ChangeOwned(caller, change =>
        {
            AssetGroup old = AssetGroupStore.Resolve(change.Connection, reference);
            Authorize(change, old, reference.Name);
            Dictionary<string, object?> before = Facts(change.Connection, old);
            if (old.Fault is not null && !update.Rule.IsSet) throw new GroupRuleUnreadableException(old.Name);
            AssetGroup changed = old with
            {
                Name = update.Name is null ? old.Name : Names.Check("group of assets", update.Name),
                Comment = update.Comment.Or(old.Comment),
                Rule = update.Rule.Or(old.Rule),
            };
            if (changed.Rule is not null && update.Add.Count + update.Remove.Count > 0) throw new GroupHasRuleException(old.Name, changed.Rule.ToString());
            RefuseTwin(change.Connection, changed.Name, old.Name);
            bool otherRule = old.Fault is not null || changed.Rule?.Write() != old.Rule?.Write();
            if (otherRule && changed.Rule is not null) AssetGroupStore.Fill(change.Connection, old.Id, new AssetGroupMatcher(changed.Name, changed.Rule));
            string what = string.Join("; ", new[]
            {
                changed.Name == old.Name ? "" : $"was called {old.Name}",
                changed.Comment == old.Comment ? "" : "comment",
                otherRule ? $"rule {old.Rule?.ToString() ?? "(none)"} → {changed.Rule?.ToString() ?? "(none)"}" : "",
                PutIn(change.Connection, old.Id, update.Add),
                TakeOut(change.Connection, old, update.Remove),
            }.Where(d => d.Length > 0));
            if (what.Length == 0) return old;
            AssetGroupStore.Change(change.Connection, changed, change.Now);
            changed = AssetGroupStore.Resolve(change.Connection, new AssetGroupReference(old.Id));
            IReadOnlyList<string> owners = Authorize(change, changed, reference.Name);
            change.Audit("assetgroup.changed", changed.Name, OwnerAccounts.Only(owners), what, before, Facts(change.Connection, changed));
            return changed;
        });
    }

    /// <summary>It changes a group: whoever administers all accounts that own it may.</summary>
    /// <returns>Those accounts.</returns>
    /// <exception cref="NotAuthorizedException">The caller does not administer them all.</exception>
    internal static IReadOnlyList<string> Authorize(Change change, AssetGroup group, string subject)
    {
        IReadOnlyList<string> owners = AssetGroupStore.Owners(change.Connection, group);
        change.AuthorizeAll(owners, subject);
        return owners;
    }

    /// <summary>What the audit tells of a group: its members where they were put in by hand.</summary>
    internal static Dictionary<string, object?> Facts(Connection connection, AssetGroup group) => new(StringComparer.Ordinal)
    {
        ["Name"] = group.Name,
        ["Comment"] = group.Comment,
        ["Rule"] = group.Rule?.ToString(),
        ["Assets"] = group.Rule is null && group.Fault is null ? AssetGroupStore.MemberNames(connection, group.Id) : null,
    };

    private static string PutIn(Connection connection, long group, IReadOnlyList<AssetReference> assets) => string.Join(", ",
        assets.Select(r => AssetStore.Resolve(connection, r)).Where(a => AssetGroupStore.PutIn(connection, group, a.Id)).Select(a => $"+{a.Name}"));

    private static string TakeOut(Connection connection, AssetGroup group, IReadOnlyList<AssetReference> assets) => string.Join(", ",
        assets.Select(r => AssetStore.Resolve(connection, r)).Select(a => AssetGroupStore.TakeOut(connection, group.Id, a.Id) ? $"-{a.Name}" : throw new AssetNotInGroupException(group.Name, a.Name)));

    private static void RefuseTwin(Connection connection, string name, string? own) => Names.RefuseTwin("group of assets", name, own, key => AssetGroupStore.IsTaken(connection, key));
}
