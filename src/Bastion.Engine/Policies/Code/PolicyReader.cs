using Bastion.Assets;
using Bastion.Policies.Rules;

namespace Bastion.Policies.Code;

/// <summary>Reads a file of policies and checks all that can be known without a store.</summary>
internal sealed class PolicyReader
{
    private const string Instead = "Leave the key out to cover all, or write 'none' to cover none.";
    private readonly Problems _problems;
    private readonly YamlFields _fields;

    private PolicyReader(Problems problems) => (_problems, _fields) = (problems, new YamlFields(problems));

    /// <summary>The policies of a file, in its order.</summary>
    /// <exception cref="BastionException">The file can't be read, or has errors: all of them are told.</exception>
    internal static IReadOnlyList<PolicyEntry> Read(string path)
    {
        var problems = new Problems();
        IReadOnlyList<PolicyEntry> entries = YamlReader.Read(Load(path), problems) is { } root ? new PolicyReader(problems).ReadFile(root) : [];
        problems.ThrowIfAny(path);
        return entries;
    }

    private static byte[] Load(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using var content = new MemoryStream();
            byte[] buffer = new byte[81920];
            for (int read; (read = file.Read(buffer)) > 0;)
            {
                content.Write(buffer, 0, read);
                if (content.Length > YamlReader.LongestFile) throw new PolicyFileTooLongException(path);
            }

            return content.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileException.Unreadable(path, e);
        }
    }

    private List<PolicyEntry> ReadFile(YamlNode root)
    {
        if (_fields.Map(root, "the file", PolicyFormat.Format, PolicyFormat.Policies) is not { } file) return [];
        // Another format is no reason to complain about its keys one by one.
        if (file.Find(PolicyFormat.Format) is not YamlText { Value: PolicyFormat.Version })
        {
            _problems.Add(file.Find(PolicyFormat.Format)?.At ?? root.At, $"the file does not say '{PolicyFormat.Line}', which this version of Bastion reads. Write that in its first line, or update Bastion if a newer one wrote it.");
            return [];
        }

        if (file.Find(PolicyFormat.Policies) is not { } policies)
        {
            _problems.Add(root.At, $"'{PolicyFormat.Policies}:' with the list of policies is missing. Write '{PolicyFormat.Policies}: []' for none.");
            return [];
        }

        if (policies is YamlList { Items.Count: 0 }) return [];
        IReadOnlyList<YamlNode> items = _fields.Items(policies, PolicyFormat.Policies, "Write one below the other, each beginning with '- name:'.");
        return _fields.Once([.. items.Select(ReadPolicy).OfType<PolicyEntry>()], entry => entry.Name, Names.Key);
    }

    private PolicyEntry? ReadPolicy(YamlNode node)
    {
        if (_fields.Map(node, "a policy", PolicyFormat.Name, PolicyFormat.Priority, PolicyFormat.Enabled, PolicyFormat.Comment, PolicyFormat.Users, PolicyFormat.UserGroups,
                PolicyFormat.Assets, PolicyFormat.AssetGroups, PolicyFormat.Accounts, PolicyFormat.Rules) is not { } map) return null;
        ScopeEntry scope = ReadScope(map);
        PolicyScope covered = Cover(map, scope);
        PolicyRules rules = RuleReader.Read(map.Find(PolicyFormat.Rules), _problems);
        if (map.Find(PolicyFormat.Name) is not { } named)
        {
            _problems.Add(map.At, "the policy has no name. Write 'name:' and a name that no other policy has.");
            return null;
        }

        if (_fields.Text(named, "the name of a policy") is not { } name) return null;
        var policy = new ControlPolicy
        {
            Name = _problems.Try(name.At, () => Names.Check("control policy", name.Value)) ?? name.Value,
            Priority = map.Find(PolicyFormat.Priority) is { } priority ? _fields.Priority(priority) : ControlPolicy.FirstPriority,
            Enabled = map.Find(PolicyFormat.Enabled) is not { } enabled || _fields.Flag(enabled, "'enabled'"),
            Comment = ReadComment(map.Find(PolicyFormat.Comment)),
            Scope = covered,
            RuleSet = rules,
        };
        return new PolicyEntry(name, policy, scope, map.Find(PolicyFormat.Rules));
    }

    private string? ReadComment(YamlNode? node)
    {
        if (node is null or YamlText { IsNull: true }) return null;
        if (node is YamlText text) return text.Value;
        _problems.Add(node.At, $"a comment is a text, not {node.Kind}. Put it in quotes.");
        return null;
    }

    private ScopeEntry ReadScope(YamlMap map)
    {
        YamlNode? users = Listed(map, PolicyFormat.Users, PolicyFormat.UserGroups), assets = Listed(map, PolicyFormat.Assets, PolicyFormat.AssetGroups);
        return new ScopeEntry
        {
            Users = users is null ? [] : _fields.Texts(users, PolicyFormat.Users, Instead, Names.Key),
            UserGroups = map.Find(PolicyFormat.UserGroups) is { } groups ? _fields.Texts(groups, PolicyFormat.UserGroups, "Leave the key out for none.", Names.Key) : [],
            Assets = assets is null ? [] : Members(assets, PolicyFormat.Assets, Instead, PolicyFormat.Owner, PolicyFormat.Accounts),
            AssetGroups = map.Find(PolicyFormat.AssetGroups) is { } assetGroups ? Members(assetGroups, PolicyFormat.AssetGroups, "Leave the key out for none.", PolicyFormat.Accounts) : [],
            Accounts = Accounts(map),
        };
    }

    // The list, or null where all or none are covered.
    private YamlNode? Listed(YamlMap map, string key, string groups)
    {
        YamlNode? node = map.Find(key);
        if (node is not YamlText { Value: PolicyFormat.All or PolicyFormat.None } word) return node;
        if (word.Value == PolicyFormat.All && map.Find(groups) is { } also) _problems.Add(also.At, $"'{key}: {PolicyFormat.All}' covers these groups already. Take '{groups}' out, or '{key}: {PolicyFormat.All}' to cover the groups only.");
        return null;
    }

    private PolicyScope Cover(YamlMap map, ScopeEntry scope)
    {
        bool allUsers = CoversAll(map, PolicyFormat.Users, PolicyFormat.UserGroups), allAssets = CoversAll(map, PolicyFormat.Assets, PolicyFormat.AssetGroups);
        if (!allAssets && scope.Accounts is not null && map.Find(PolicyFormat.Accounts) is { } accounts)
            _problems.Add(accounts.At, "'accounts' of a policy go with all assets. Write them below each asset and group ('- name: …' and 'accounts:' under it).");
        return new PolicyScope
        {
            AllUsers = allUsers,
            Users = [.. scope.Users.Select(u => new ScopedUser(0, u.Value.Trim()))],
            UserGroups = [.. scope.UserGroups.Select(g => new ScopedUserGroup(0, g.Value.Trim()))],
            AllAssets = allAssets,
            Accounts = allAssets ? scope.Accounts?.Select(a => a.Value).ToList() : null,
            Assets = [.. scope.Assets.Select(a => new ScopedAsset(0, a.Name.Value.Trim(), a.Owner?.Value ?? "", a.AccountNames))],
            AssetGroups = [.. scope.AssetGroups.Select(g => new ScopedAssetGroup(0, g.Name.Value.Trim(), g.AccountNames))],
        };
    }

    private static bool CoversAll(YamlMap map, string key, string groups) =>
        map.Find(key) is YamlText { Value: PolicyFormat.All } || (map.Find(key) is null && map.Find(groups) is null);

    private List<MemberEntry> Members(YamlNode node, string what, string instead, params string[] keys) =>
        _fields.Once([.. _fields.Items(node, what, instead).Select(item => Member(item, what, keys)).OfType<MemberEntry>()], member => member.Name, Names.Key);

    private MemberEntry? Member(YamlNode node, string what, string[] keys)
    {
        if (node is YamlText) return _fields.Text(node, $"each of the {what}") is { } only ? new MemberEntry(only, null, null) : null;
        if (_fields.Map(node, $"each of the {what}", [PolicyFormat.Name, .. keys]) is not { } map) return null;
        if (map.Find(PolicyFormat.Name) is not { } named)
        {
            _problems.Add(map.At, $"one of the {what} has no name. Write 'name:' and its name.");
            return null;
        }

        YamlText? owner = map.Find(PolicyFormat.Owner) is { } owned ? _fields.Text(owned, "the owner account") : null;
        IReadOnlyList<YamlText>? accounts = Accounts(map);
        return _fields.Text(named, "the name") is { } name ? new MemberEntry(name, owner, accounts) : null;
    }

    // Case matters in logins, as it does on the asset.
    private List<YamlText>? Accounts(YamlMap map)
    {
        if (map.Find(PolicyFormat.Accounts) is not { } node || node is YamlText { Value: PolicyFormat.All }) return null;
        List<YamlText> accounts = _fields.Texts(node, PolicyFormat.Accounts, "Leave the key out for all accounts.", name => name);
        foreach (YamlText account in accounts) _problems.Try(account.At, () => AssetAccountService.CheckLogin(account.Value));
        return accounts;
    }
}
