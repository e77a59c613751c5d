using Bastion.Assets.Groups;
using Bastion.Store;

namespace Bastion.Grants;

/// <summary>What an administrator who grants may not expect.</summary>
internal static class GrantWarnings
{
    internal static string? Of(Connection connection, GrantEnds ends, IReadOnlyList<Grant> before, AccountChoice choice, Validity validity)
    {
        string[] all = [.. new[] { OfLonger(before, choice, validity), OfMissing(connection, ends, choice) }.OfType<string>()];
        return all.Length == 0 ? null : string.Join(' ', all);
    }

    // Who grants until Friday believes that it ends on Friday.
    private static string? OfLonger(IReadOnlyList<Grant> before, AccountChoice choice, Validity validity)
    {
        Grant? longer = before.FirstOrDefault(g => g.Validity.Exceeds(validity)
            && (choice.All ? g.AllAccounts || g.Accounts.Count > 0 : choice.Names.Any(name => g.AllAccounts || g.Accounts.Contains(name, StringComparer.Ordinal))));
        return longer is null ? null
            : $"There is also the grant {longer} of {longer.Given} {(longer.Validity == default ? "without limit" : longer.Validity.ToString())}. Grants add up: the new limits don't shorten that one. Revoke it first if they should.";
    }

    // On a group names are taken ahead of their accounts, so a slip is not an error.
    private static string? OfMissing(Connection connection, GrantEnds ends, AccountChoice choice)
    {
        if (ends.AssetGroup is not { } group || choice.Names.Count == 0) return null;
        IReadOnlySet<string> present = AssetGroupStore.AccountNames(connection, group.Id);
        string[] missing = [.. choice.Names.Where(name => !present.Contains(name))];
        return missing.Length == 0 ? null : $"No asset of group '{group.Name}' has an account '{string.Join("', '", missing)}' yet.";
    }
}
