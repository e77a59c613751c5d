using Bastion.Policies.Rules;

namespace Bastion.Policies.Code;

/// <summary>Among equals the newest policy decides, which a file can't say of policies that are there: so it is told where the store's order is another.</summary>
internal static class PolicyOrder
{
    /// <param name="policies">The policies of a file in its order, each with its id in the store, or <see langword="null"/> when it is yet to be made.</param>
    internal static IEnumerable<string> Warnings(IReadOnlyList<(ControlPolicy Policy, long? Id)> policies)
    {
        foreach (var equals in policies.Where(p => p.Policy.Enabled).GroupBy(p => p.Policy.Priority))
        {
            // Of each section the oldest policy so far; those that are made are newer than all others, the first of the file the newest.
            var oldest = new Dictionary<string, (string Name, long Id)>(StringComparer.Ordinal);
            var told = new HashSet<string>(StringComparer.Ordinal);
            long next = long.MaxValue;
            foreach ((ControlPolicy policy, long? id) in equals)
            {
                long age = id ?? next--;
                foreach (PolicyRule rule in policy.RuleSet.Sections)
                {
                    if (!oldest.TryGetValue(rule.Section, out (string Name, long Id) before) || age < before.Id) oldest[rule.Section] = (policy.Name, age);
                    else if (told.Add(policy.Name))
                        yield return $"'{policy.Name}' stands behind '{before.Name}' in the file, but decides before it in the store: both have priority {equals.Key}, and there the newer one decides. Give them different priorities.";
                }
            }
        }
    }
}
