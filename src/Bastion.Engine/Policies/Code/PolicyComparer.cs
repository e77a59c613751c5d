using System.Text.Json;

namespace Bastion.Policies.Code;

/// <summary>Compares policies field by field, by the names in them: ids and times don't count.</summary>
internal static class PolicyComparer
{
    /// <summary>What makes the second set of the first, by name.</summary>
    internal static IEnumerable<PolicyDifference> Compare(IReadOnlyList<ControlPolicy> before, IReadOnlyList<ControlPolicy> after)
    {
        Dictionary<string, ControlPolicy> old = before.ToDictionary(p => Names.Key(p.Name), StringComparer.Ordinal);
        Dictionary<string, ControlPolicy> now = after.ToDictionary(p => Names.Key(p.Name), StringComparer.Ordinal);
        foreach (string key in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            if (!old.TryGetValue(key, out ControlPolicy? was)) yield return new PolicyDifference(now[key].Name, PolicyDifferenceKind.Added, null, null, Describe(now[key]));
            else if (!now.TryGetValue(key, out ControlPolicy? becomes)) yield return new PolicyDifference(was.Name, PolicyDifferenceKind.Removed, null, Describe(was), null);
            else foreach (PolicyDifference difference in Compare(was, becomes)) yield return difference;
        }
    }

    /// <summary>The fields in which a policy differs.</summary>
    internal static IEnumerable<PolicyDifference> Compare(ControlPolicy before, ControlPolicy after)
    {
        Dictionary<string, Value> old = Fields(before, after.Scope).ToDictionary(f => f.Field, f => f.Value, StringComparer.Ordinal);
        Dictionary<string, Value> now = Fields(after, before.Scope).ToDictionary(f => f.Field, f => f.Value, StringComparer.Ordinal);
        return from field in old.Keys.Union(now.Keys)
               let was = old.GetValueOrDefault(field)
               let becomes = now.GetValueOrDefault(field)
               where was?.Key != becomes?.Key
               select new PolicyDifference(before.Name, PolicyDifferenceKind.Changed, field, was?.Shown, becomes?.Shown);
    }

    /// <summary>A whole policy in one line.</summary>
    internal static string Describe(ControlPolicy policy) =>
        $"priority {policy.Priority}{(policy.Enabled ? "" : ", disabled")}; users {policy.Users}; assets {policy.Assets}; rules {policy.Rules}";

    private static IEnumerable<(string Field, Value Value)> Fields(ControlPolicy policy, PolicyScope other)
    {
        PolicyScope scope = policy.Scope;
        yield return ("Name", new(policy.Name, policy.Name));
        yield return ("Priority", Value.Of(policy.Priority.ToString()));
        yield return ("Enabled", Value.Of(policy.Enabled.ToString()));
        if (policy.Comment is not null) yield return ("Comment", Value.Of(policy.Comment));
        yield return ("Users", Of(scope.AllUsers, scope.Users, u => u.Name));
        if (scope.UserGroups.Count > 0) yield return ("UserGroups", Of(all: false, scope.UserGroups, g => g.Name));
        yield return ("Assets", Of(scope.AllAssets, scope.Assets, a => a.Name, a => $"{OwnerToCompare(a, other)}{Accounts(a.Accounts)}"));
        if (scope.AssetGroups.Count > 0) yield return ("AssetGroups", Of(all: false, scope.AssetGroups, g => g.Name, g => Accounts(g.Accounts)));
        if (scope.Accounts is not null) yield return ("Accounts", new(string.Join(", ", scope.Accounts), Accounts(scope.Accounts)));
        using var rules = JsonDocument.Parse(policy.RuleSet.Fault is null ? policy.RuleSet.Write() : "{}");
        foreach ((string field, Value value) in rules.RootElement.EnumerateObject().SelectMany(section => Leaves(section.Name, section.Value))) yield return (field, value);
        if (policy.RuleSet.Fault is { } fault) yield return ("Rules", new($"(unreadable: {fault})", policy.RuleSet.Write()));
    }

    private static Value Of<T>(bool all, IReadOnlyList<T> members, Func<T, string> name, Func<T, string>? more = null)
    {
        if (all) return Value.Of("(all)");
        T[] ordered = [.. members.OrderBy(m => Names.Key(name(m)), StringComparer.Ordinal)];
        return ordered.Length == 0 ? Value.Of("(none)") : new Value(string.Join(", ", ordered), string.Join('\n', ordered.Select(m => $"{Names.Key(name(m))}\t{more?.Invoke(m)}")));
    }

    // A file may leave the owner out: then it is no difference.
    private static string OwnerToCompare(ScopedAsset asset, PolicyScope other) =>
        other.Assets.FirstOrDefault(a => Names.Key(a.Name) == Names.Key(asset.Name)) is { OwnerAccountId.Length: 0 } ? "" : asset.OwnerAccountId;

    private static string Accounts(IReadOnlyList<string>? accounts) => accounts is null ? "" : $"\t{string.Join('\t', accounts.Order(StringComparer.Ordinal))}";

    // Down to what people write one value or one list for; a section that is set but has nothing in it is a field too.
    private static IEnumerable<(string Field, Value Value)> Leaves(string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any()
            ? value.EnumerateObject().SelectMany(member => Leaves($"{field}.{member.Name}", member.Value))
            : [(field, new Value(Show(value), value.GetRawText()))];

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array when value.GetArrayLength() == 0 => "(none)",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Show)),
        _ => value.GetRawText(),
    };

    /// <param name="Shown">For people.</param>
    /// <param name="Key">Equal when the values are.</param>
    private sealed record Value(string Shown, string Key)
    {
        internal static Value Of(string text) => new(text, text);
    }
}
