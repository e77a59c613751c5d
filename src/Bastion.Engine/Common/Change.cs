using Bastion.Audit.Events;
using Bastion.Roles.Rights;
using Bastion.Store;
using Bastion.Vault;

namespace Bastion;

/// <summary>One change under way: its transaction, who makes it and when, and whether he may.</summary>
internal sealed record Change(Connection Connection, Caller Caller, DateTimeOffset Now, SecretVault Vault, CallerRights Rights)
{
    // What others' accounts own. Whether it is there, and what is called nearly so, is told only to those who may see it.
    private static readonly string[] Hidden = ["AssetNotFound", "AssetGroupNotFound", "PolicyNotFound", "ProjectNotFound", "MemberAccountNotFound"];
    private bool _authorized;

    /// <summary>Whether its caller may be told of an error.</summary>
    internal bool MayTell(BastionException error) => Rights.ForEverything(Role.Administrator) || error.Kind != ErrorKind.NotFound || (_authorized && !Hidden.Contains(error.Id));

    /// <summary>It changes what is the whole store's.</summary>
    /// <exception cref="NotAuthorizedException">The role is not held for everything.</exception>
    internal void AuthorizeEverything()
    {
        Rights.RequireEverything(Role.Administrator);
        _authorized = true;
    }

    /// <summary>It changes what an account owns.</summary>
    /// <param name="ownerAccountId">The account.</param>
    /// <param name="subject">What is changed; for the message.</param>
    /// <exception cref="NotAuthorizedException">The role is not held for the account.</exception>
    internal void Authorize(string ownerAccountId, string subject)
    {
        Rights.Require(Role.Administrator, ownerAccountId, subject);
        _authorized = true;
    }

    /// <summary>It changes what several accounts own together; what no account owns is the whole store's.</summary>
    /// <exception cref="NotAuthorizedException">The role is not held for all of them.</exception>
    internal void AuthorizeAll(IReadOnlyCollection<string> ownerAccountIds, string subject)
    {
        if (ownerAccountIds.Count == 0 && !Rights.ForEverything(Role.Administrator)) throw NotAuthorizedException.Elsewhere(Caller.Name, Role.Administrator, subject);
        foreach (string owner in ownerAccountIds) Authorize(owner, subject);
        _authorized = true;
    }

    /// <summary>It changes who holds roles: within a project, its administrators may.</summary>
    /// <exception cref="NotAuthorizedException">The role is not held for the project.</exception>
    internal void AuthorizeProject(long project, string subject)
    {
        if (!Rights.For(Role.Administrator, project)) throw NotAuthorizedException.Elsewhere(Caller.Name, Role.Administrator, subject);
        _authorized = true;
    }

    /// <summary>Keeps a secret in the vault; none takes away what was kept.</summary>
    internal void Keep(string purpose, byte[]? secret)
    {
        if (secret is null) SecretStore.Remove(Connection, purpose);
        else Vault.Put(Connection, purpose, secret, Now);
    }

    /// <summary>Tells the audit what is being done.</summary>
    /// <param name="action">What, e.g. <c>grant.added</c>.</param>
    /// <param name="subject">To what: a name.</param>
    /// <param name="ownerAccountId">Owner of what it is done to; <see langword="null"/>: none, or several.</param>
    /// <param name="detail">More, for people.</param>
    /// <param name="before">The thing as it was; <see langword="null"/>: it was not there. Never with a secret.</param>
    /// <param name="after">The thing as it is; <see langword="null"/>: it is gone.</param>
    internal void Audit(string action, string subject, string? ownerAccountId = null, string? detail = null, object? before = null, object? after = null) =>
        AuditEventStore.Record(Connection, Caller, Now, action, subject, ownerAccountId, detail, EventFields.Compare(before, after));

    /// <exception cref="InvalidOperationException">Nobody said to whom it belongs. Whoever wrote the operation has to.</exception>
    internal void RequireAuthorized()
    {
        if (!_authorized) throw new InvalidOperationException("An operation under ChangeOwned has to say whose things it changes, with change.Authorize…, before it changes them.");
    }
}
