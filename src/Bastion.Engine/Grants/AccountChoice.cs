using Bastion.Assets;
using Bastion.Store;

namespace Bastion.Grants;

/// <summary>Which accounts of an asset are meant: all, some by name, or none.</summary>
/// <param name="All">Every account, later ones too.</param>
/// <param name="Accounts">The accounts, when not all; a login that exists for several protocols is there for each.</param>
internal sealed record AccountChoice(bool All, IReadOnlyList<AssetAccount> Accounts)
{
    private const string AllOfThem = "*";

    internal IReadOnlyList<string> Names { get; } = [.. Accounts.Select(a => a.Name).Distinct(StringComparer.Ordinal)];

    /// <exception cref="AssetAccountNotFoundException">The asset has no account of that name.</exception>
    internal static AccountChoice Resolve(Connection connection, Asset asset, IReadOnlyList<string> names)
    {
        if (names.Contains(AllOfThem, StringComparer.Ordinal)) return new AccountChoice(All: true, []);
        if (names.Count == 0) return new AccountChoice(All: false, []);
        ILookup<string, AssetAccount> present = AssetAccountStore.ListOfAsset(connection, asset.Id).ToLookup(a => a.Name, StringComparer.Ordinal);
        return new AccountChoice(All: false, [.. names.Distinct(StringComparer.Ordinal).SelectMany(name => present.Contains(name) ? present[name]
            : throw new AssetAccountNotFoundException(name, asset.Name, Bastion.Names.Nearest(name, present.Select(p => p.Key))))]);
    }
}
