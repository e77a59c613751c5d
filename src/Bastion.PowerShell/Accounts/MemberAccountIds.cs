namespace Bastion.PowerShell.Accounts;

/// <summary>Ids of the accounts in the bastion, with their names.</summary>
public sealed class MemberAccountIds : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => engine.Accounts.List().Select(account => new Name(account.Id, account.DisplayName));
}

/// <summary>Ids of all accounts that own assets here.</summary>
public sealed class OwnerAccountIds : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound)
    {
        Dictionary<string, string> names = engine.Accounts.List().ToDictionary(account => account.Id, account => account.DisplayName, StringComparer.Ordinal);
        return engine.Assets.CountsByOwner().Select(owner => new Name(owner.Key, $"{names.GetValueOrDefault(owner.Key, "not a member")} · {owner.Value} assets"));
    }
}
