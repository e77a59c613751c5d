namespace Bastion.PowerShell.Accounts.Projects;

/// <summary>Names of projects.</summary>
public sealed class ProjectNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => engine.Projects.List([])
        .Select(project => new Name(project.Name, $"{project.Accounts.Count} {(project.Accounts.Count == 1 ? "account" : "accounts")}{(project.Comment is null ? "" : $" · {project.Comment}")}"));
}

/// <summary>Ids of the accounts that are in a project.</summary>
public sealed class ProjectAccountIds : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound)
    {
        HashSet<string> named = [.. bound.Texts("Project")];
        return engine.Projects.List([]).Where(project => named.Count == 0 || named.Contains(project.Name)).SelectMany(project => project.Accounts.Select(account => new Name(account, project.Name)));
    }
}

/// <summary>Ids of accounts that are in no project: member accounts, and others that own assets here.</summary>
public sealed class FreeAccountIds : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound)
    {
        HashSet<string> taken = [.. engine.Projects.List([]).SelectMany(project => project.Accounts)];
        return new MemberAccountIds().All(engine, bound).Concat(new OwnerAccountIds().All(engine, bound)).DistinctBy(name => name.Text, StringComparer.Ordinal).Where(name => !taken.Contains(name.Text));
    }
}
