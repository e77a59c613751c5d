using Bastion.Assets;
using Bastion.Grants;
using Bastion.Users;

namespace Bastion.Unit.Grants;

/// <summary>Two users, three hosts of two owners with the accounts root and deploy.</summary>
internal sealed class GrantWorld : IDisposable
{
    internal const string Dev = "1111111111111111";
    internal const string Prod = "2222222222222222";

    internal GrantWorld()
    {
        foreach (string user in new[] { "ana", "bob" }) Engine.Users.Add(TempStore.Admin, new NewUser { Name = user });
        foreach ((string asset, string owner) in new[] { ("web-1", Dev), ("web-2", Dev), ("db-1", Prod) })
        {
            Engine.Assets.Add(TempStore.Admin, new NewAsset { Name = asset, OwnerAccountId = owner, PrivateAddress = "10.0.0.1" });
            AddAccount(asset, "root");
            AddAccount(asset, "deploy");
        }
    }

    internal TempStore Store { get; } = new();

    internal Engine Engine => Store.Engine;

    internal DateTimeOffset Now => Store.Clock.GetUtcNow();

    internal GrantResult Grant(string user, string asset, params string[] accounts) =>
        Engine.Grants.Add(TempStore.Admin, new UserReference(user), new AssetReference(asset), accounts, null, null);

    internal void AddAccount(string asset, string name) => Engine.AssetAccounts.Add(TempStore.Admin, new AssetReference(asset), new NewAssetAccount { Name = name });

    internal User User(string name) => Engine.Users.Resolve(new UserReference(name));

    internal Asset Asset(string name) => Engine.Assets.Resolve(new AssetReference(name));

    internal AssetAccount Account(string asset, string name) => Engine.AssetAccounts.Resolve(new AssetReference(asset), name);

    internal (bool Granted, string Reason) Check(string user, string asset, string account)
    {
        GrantCheck check = Engine.Grants.Check(User(user).Id, Asset(asset).Id, Account(asset, account).Id, Now);
        return (check.Granted, check.Reason);
    }

    internal AuthorizedAsset[] Reach(string user, params string[] owners) => [.. Engine.Grants.AuthorizedAssets(new UserReference(user), owners)];

    public void Dispose() => Store.Dispose();
}
