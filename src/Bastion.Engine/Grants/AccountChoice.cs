using Bastion.Assets;
using Bastion.Store;

namespace Bastion.Grants;

/// <summary>Which accounts are meant: all, some by name, or none.</summary>
internal sealed record AccountChoice
{
    private const string AllOfThem = "*";

    /// <summary>Every account, later ones too.</summary>
    internal bool All { get; private init; }

    /// <summary>Their names, when not all.</summary>
    internal IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>On an asset: the accounts; a login that exists for several protocols is there for each. On a group there are only names.</summary>
    internal IReadOnlyList<AssetAccount> Accounts { get; private init; } = [];

    internal bool IsNone => !All && Names.Count == 0;

    /// <exception cref="BastionException">The asset has no account of that name, or it can't be one.</exception>
    internal static AccountChoice Resolve(Connection connection, GrantEnds ends, IReadOnlyList<string> names)
    {
        if (names.Contains(AllOfThem, StringComparer.Ordinal)) return new AccountChoice { All = true };
        if (ends.Asset is not { } asset) return new AccountChoice { Names = [.. names.Select(AssetAccountService.CheckLogin).Distinct(StringComparer.Ordinal)] };
        string[] asked = [.. names.Distinct(StringComparer.Ordinal)];
        ILookup<string, AssetAccount> present = AssetAccountStore.ListOfAsset(connection, asset.Id).ToLookup(a => a.Name, StringComparer.Ordinal);
        AssetAccount[] accounts = [.. asked.SelectMany(name => present.Contains(name) ? present[name]
            : throw new AssetAccountNotFoundException(name, asset.Name, Bastion.Names.Nearest(name, present.Select(p => p.Key))))];
        return new AccountChoice { Names = asked, Accounts = accounts };
    }
}
