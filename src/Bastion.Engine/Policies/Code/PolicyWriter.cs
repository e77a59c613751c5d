using System.Text;
using System.Text.Json.Nodes;

namespace Bastion.Policies.Code;

/// <summary>Writes policies as a file that people read and change, and that is read back the same.</summary>
internal static class PolicyWriter
{
    private const string Head = "# Control policies of Bastion, in the order in which they decide. Import-BhControlPolicy takes them over.\n";

    /// <exception cref="PolicyUnreadableException">One can't be read.</exception>
    internal static string Write(IEnumerable<ControlPolicy> policies)
    {
        var yaml = new StringBuilder(Head);
        YamlWriter.Write(new JsonObject
        {
            [PolicyFormat.Format] = PolicyFormat.Version,
            [PolicyFormat.Policies] = new JsonArray([.. policies.Select(policy => Policy(policy.RequireReadable()))]),
        }, yaml);
        return yaml.ToString();
    }

    private static JsonObject Policy(ControlPolicy policy)
    {
        var members = new JsonObject
        {
            [PolicyFormat.Name] = policy.Name,
            [PolicyFormat.Priority] = policy.Priority,
            [PolicyFormat.Enabled] = policy.Enabled,
        };
        if (policy.Comment is not null) members[PolicyFormat.Comment] = policy.Comment;
        PolicyScope scope = policy.Scope;
        AddScope(members, PolicyFormat.Users, scope.AllUsers, scope.Users.Select(u => (JsonNode)u.Name), PolicyFormat.UserGroups, scope.UserGroups.Select(g => (JsonNode)g.Name));
        AddScope(members, PolicyFormat.Assets, scope.AllAssets, scope.Assets.Select(Asset), PolicyFormat.AssetGroups, scope.AssetGroups.Select(g => Member(g.Name, null, g.Accounts)));
        AddAccounts(members, scope.AllAssets ? scope.Accounts : null);
        // The rules write themselves: a new section needs nothing here.
        members[PolicyFormat.Rules] = JsonNode.Parse(policy.RuleSet.Write());
        return members;
    }

    private static void AddScope(JsonObject members, string key, bool all, IEnumerable<JsonNode> single, string groupKey, IEnumerable<JsonNode> groups)
    {
        JsonArray one = [.. single], grouped = [.. groups];
        if (one.Count > 0) members[key] = one;
        else if (all) members[key] = PolicyFormat.All;
        else if (grouped.Count == 0) members[key] = PolicyFormat.None;
        if (grouped.Count > 0) members[groupKey] = grouped;
    }

    private static JsonNode Asset(ScopedAsset asset) => Member(asset.Name, asset.OwnerAccountId, asset.Accounts);

    private static JsonNode Member(string name, string? owner, IReadOnlyList<string>? accounts)
    {
        if (owner is null && accounts is null) return name;
        var member = new JsonObject { [PolicyFormat.Name] = name };
        if (owner is not null) member[PolicyFormat.Owner] = owner;
        AddAccounts(member, accounts);
        return member;
    }

    private static void AddAccounts(JsonObject members, IReadOnlyList<string>? accounts)
    {
        if (accounts is not null) members[PolicyFormat.Accounts] = new JsonArray([.. accounts.Select(a => (JsonNode)a)]);
    }
}
