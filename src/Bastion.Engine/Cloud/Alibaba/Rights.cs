using System.Runtime.CompilerServices;
using Bastion.Cloud.Alibaba.Answers;

namespace Bastion.Cloud.Alibaba;

/// <summary>Tries rights one by one. What is refused is told; what fails for another reason (no network, a wrong key) is thrown.</summary>
internal static class Rights
{
    internal static async Task<CloudPermission> TryAsync(string action, string account, Func<Task> call)
    {
        try
        {
            await call();
            return new CloudPermission(action, account, Allowed: true, "");
        }
        catch (CloudException e) when (e.Kind == ErrorKind.Denied || e.Id is "CloudRoleNotFound" or "CloudNotInDirectory")
        {
            return new CloudPermission(action, account, Allowed: false, e.Message);
        }
        catch (CloudException e) when (e.Kind == ErrorKind.NotFound || e.Code is "InvalidDBInstanceId.NotFound" or "InvalidDBInstanceName.NotFound")
        {
            // It was let through and found nothing.
            return new CloudPermission(action, account, Allowed: true, "");
        }
    }
}

/// <summary>The rights at directory level.</summary>
internal sealed class DirectoryRights(ICloudInventory cloud, Func<CancellationToken, Task<string?>> firstMember)
{
    internal async IAsyncEnumerable<CloudPermission> CheckAsync([EnumeratorCancellation] CancellationToken stop)
    {
        string account = (await cloud.GetIdentityAsync(stop)).AccountId;
        string? first = null;
        yield return await Rights.TryAsync("resourcemanager:GetResourceDirectory", account, () => cloud.GetDirectoryAsync(stop));
        yield return await Rights.TryAsync("resourcemanager:ListAccounts", account, async () => first = await firstMember(stop));
        yield return await Rights.TryAsync("resourcemanager:GetAccount", account, () => cloud.GetAccountAsync(first ?? account, stop));
    }
}

/// <summary>The rights on one account. Without its role none of the others can be tried.</summary>
internal sealed class MemberRights(string account, Func<string, CancellationToken, Task<Member>> open, Hosts hosts, Databases databases)
{
    internal async IAsyncEnumerable<CloudPermission> CheckAsync([EnumeratorCancellation] CancellationToken stop)
    {
        Member member = await open(account, stop);
        CloudPermission role = await Rights.TryAsync("sts:AssumeRole", account, () => member.EnterAsync(stop));
        yield return role;
        if (!role.Allowed) yield break;
        IReadOnlyList<RegionAnswer> regions = [];
        yield return await Rights.TryAsync("ecs:DescribeRegions", account, async () => regions = await hosts.RegionsAsync(member, stop));
        yield return await Rights.TryAsync("ecs:DescribeInstances", account, () => hosts.TryListAsync(member, AnyOf(regions), stop));
        regions = [];
        yield return await Rights.TryAsync("rds:DescribeRegions", account, async () => regions = await databases.RegionsAsync(member, stop));
        yield return await Rights.TryAsync("rds:DescribeDBInstances", account, () => databases.TryListAsync(member, AnyOf(regions), stop));
        yield return await Rights.TryAsync("rds:DescribeDBInstanceNetInfo", account, () => databases.TryNetAsync(member, AnyOf(regions), stop));
    }

    private static RegionAnswer AnyOf(IReadOnlyList<RegionAnswer> regions) => regions.Count > 0 ? regions[0] : new RegionAnswer("cn-hangzhou", null);
}
