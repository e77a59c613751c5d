namespace Bastion.Accounts.Projects;

/// <summary>A named set of accounts, for which roles can be held. An account is in at most one project.</summary>
public sealed record Project
{
    /// <summary>Stable id; never given to another project.</summary>
    public long Id { get; init; }
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>Its accounts: Owner Account IDs.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];
    /// <summary>The same as <see cref="Accounts"/>, so that it binds by property name where sessions and events are filtered by owner.</summary>
    public IReadOnlyList<string> OwnerAccountId => Accounts;
    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it or its accounts last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A project by name, id or itself.</summary>
public sealed class ProjectReference
{
    /// <summary>By name.</summary>
    public ProjectReference(string name) => Name = name;

    /// <summary>By id.</summary>
    public ProjectReference(long id) => (Name, Id) = ($"#{id}", id);

    /// <summary>Itself.</summary>
    public ProjectReference(Project project)
    {
        ArgumentNullException.ThrowIfNull(project);
        (Name, Id) = (project.Name, project.Id);
    }

    /// <summary>The name; for people when <see cref="Id"/> is there.</summary>
    public string Name { get; }

    /// <summary>The id, where known.</summary>
    public long? Id { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A project to be made.</summary>
public sealed record NewProject
{
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>Free text.</summary>
    public string? Comment { get; init; }
    /// <summary>Its first accounts.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];
}

/// <summary>What to change of a project; what is not set stays.</summary>
public sealed record ProjectChange
{
    /// <summary>New name.</summary>
    public string? Name { get; init; }
    /// <summary>Free text.</summary>
    public ChangeOf<string> Comment { get; init; }
    /// <summary>Accounts to put in.</summary>
    public IReadOnlyList<string> Add { get; init; } = [];
    /// <summary>Accounts to take out.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];
}

/// <summary>No such project.</summary>
/// <param name="name">What was asked for.</param>
/// <param name="near">A name that is close, or <see langword="null"/>.</param>
public sealed class ProjectNotFoundException(string name, string? near = null) : BastionException("ProjectNotFound", ErrorKind.NotFound, Printable.Escape(name),
    $"No project is called '{Printable.Escape(name)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Get-BhProject lists them; New-BhProject makes one.");

/// <summary>The account is in another project.</summary>
/// <param name="account">The account.</param>
/// <param name="project">The project that it is in.</param>
public sealed class AccountInProjectException(string account, string project) : BastionException("AccountInProject", ErrorKind.Conflict, account,
    $"Account '{account}' is in project '{project}', and an account is in at most one. Take it out there first: Set-BhProject '{project}' -RemoveAccount {account}. Nothing was changed.");

/// <summary>The account is not in the project.</summary>
/// <param name="account">The account.</param>
/// <param name="project">The project.</param>
public sealed class AccountNotInProjectException(string account, string project) : BastionException("AccountNotInProject", ErrorKind.NotFound, Printable.Escape(account),
    $"Account '{Printable.Escape(account)}' is not in project '{project}'. Nothing was changed.");
