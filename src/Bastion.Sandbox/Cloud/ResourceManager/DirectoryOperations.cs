using System.Globalization;

namespace Bastion.Sandbox.Cloud.ResourceManager;

/// <summary>Resource Manager, 2020-03-31: the directory and its members.</summary>
internal static class DirectoryOperations
{
    private const string Version = "2020-03-31";

    public static IEnumerable<Operation> All() =>
    [
        new("ResourceManager", Version, "GetResourceDirectory", GetResourceDirectory),
        new("ResourceManager", Version, "ListAccounts", ListAccounts),
        new("ResourceManager", Version, "GetAccount", GetAccount),
    ];

    private static object GetResourceDirectory(Call call)
    {
        if (call.Account.Kind is AccountKind.Outside)
            throw new CloudError(404, "ResourceDirectoryNotInUse", "The resource directory is not in use.");
        Account management = call.World.Management;
        return new
        {
            call.RequestId,
            ResourceDirectory = new
            {
                ResourceDirectoryId = call.World.Directory.Id,
                call.World.Directory.RootFolderId,
                MasterAccountId = management.Id,
                MasterAccountName = management.DisplayName,
                CreateTime = "2024-02-18T15:32:10.473Z",
                ControlPolicyStatus = "Disabled",
                MemberDeletionStatus = "Disabled",
                IdentityInformation = call.World.Directory.Identity,
            },
        };
    }

    private static object ListAccounts(Call call)
    {
        RequireAdministrator(call, "resourcemanager:ListAccounts");
        int number = call.Parameters.Number("PageNumber", 1, 1, int.MaxValue);
        int size = call.Parameters.Number("PageSize", 10, 1, 100);
        bool withTags = call.Parameters.Flag("IncludeTags");
        IReadOnlyList<(string Key, string? Value)> tags = call.Parameters.Tags();
        Account[] members = [.. call.World.Members.Where(a => Filters.HasTags(a.Tags, tags))];
        return new
        {
            call.RequestId,
            PageNumber = number,
            PageSize = size,
            TotalCount = members.Length,
            Accounts = new
            {
                Account = members.Skip((int)Math.Min(int.MaxValue, (number - 1L) * size)).Take(size).Select(a => new
                {
                    AccountId = a.Id,
                    a.DisplayName,
                    a.Type,
                    a.Status,
                    a.JoinMethod,
                    JoinTime = Time(a.Joined),
                    ModifyTime = Time(a.Joined.AddSeconds(217)),
                    FolderId = Folder(a, call.World),
                    ResourceDirectoryId = call.World.Directory.Id,
                    ResourceDirectoryPath = PathOf(a, call.World),
                    Tags = withTags ? new { Tag = a.Tags.Select(t => new { t.Key, t.Value }) } : null,
                }),
            },
        };
    }

    private static object GetAccount(Call call)
    {
        RequireAdministrator(call, "resourcemanager:GetAccount");
        string id = call.Parameters.Text("AccountId")
            ?? throw new CloudError(400, "MissingParameter.AccountId", "AccountId is mandatory for this action.");
        if (id.Length != 16 || !id.All(char.IsAsciiDigit))
            throw new CloudError(400, "InvalidParameter.AccountId", "The specified account ID is invalid.");
        Account account = call.World.FindAccount(id) is { Kind: AccountKind.Member } member
            ? member
            : throw new CloudError(404, "EntityNotExists.Account", "The specified member does not exist in the resource directory.");
        bool withTags = call.Parameters.Flag("IncludeTags");
        return new
        {
            call.RequestId,
            Account = new
            {
                AccountId = account.Id,
                AccountName = $"{account.DisplayName.ToLowerInvariant().Replace(' ', '-')}@{call.World.Directory.Id.ToLowerInvariant()}.aliyunid.com",
                account.DisplayName,
                account.Type,
                account.Status,
                account.JoinMethod,
                JoinTime = Time(account.Joined),
                ModifyTime = Time(account.Joined.AddSeconds(217)),
                FolderId = Folder(account, call.World),
                ResourceDirectoryId = call.World.Directory.Id,
                ResourceDirectoryPath = PathOf(account, call.World),
                Location = account.Folder.Length == 0 ? $"root/{account.DisplayName}" : $"root/{account.Folder}/{account.DisplayName}",
                EmailStatus = "",
                IdentityInformation = call.World.Directory.Identity,
                Tags = withTags ? account.Tags.Select(t => new { t.Key, t.Value }) : null,
            },
        };
    }

    // What the real service answers a plain member is not published; a sibling API uses this code
    private static void RequireAdministrator(Call call, string action)
    {
        if (call.Account.Kind is AccountKind.Outside)
            throw new CloudError(404, "EntityNotExists.ResourceDirectory", "The resource directory for the account is not enabled.");
        if (call.Account.Kind is AccountKind.Management || (call.Account.DelegatedAdministrator && call.Account.Usable)) return;
        throw new CloudError(403, "NoPermission.ResourceDirectory.MemberAccount", "The member account has no permission to do this action.")
        {
            Denied = AccessDenied.To(action, call.Caller),
        };
    }

    private static string Folder(Account account, World world) =>
        account.Folder.Length == 0 ? world.Directory.RootFolderId : $"fd-{account.Folder}";

    private static string PathOf(Account account, World world) => account.Folder.Length == 0
        ? $"{world.Directory.Id}/{world.Directory.RootFolderId}/{account.Id}"
        : $"{world.Directory.Id}/{world.Directory.RootFolderId}/{Folder(account, world)}/{account.Id}";

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
