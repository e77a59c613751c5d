using System.Text.Json;
using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba.Answers;

/// <summary>Reads what STS and Resource Manager tell of accounts.</summary>
internal static class DirectoryAnswers
{
    internal static CloudIdentity Identity(JsonElement answer) => new(answer.Required("AccountId"), answer.Text("IdentityType") ?? "", answer.Text("Arn") ?? "");

    internal static CloudDirectory Directory(JsonElement answer)
    {
        JsonElement directory = answer.Child("ResourceDirectory");
        string master = directory.Required("MasterAccountId");
        return new CloudDirectory(directory.Required("ResourceDirectoryId"), master, directory.Text("MasterAccountName") ?? master);
    }

    internal static CloudAccount Account(JsonElement account)
    {
        string id = account.Required("AccountId"), status = account.Text("Status") ?? "Unknown";
        return new CloudAccount
        {
            Id = id,
            DisplayName = account.Text("DisplayName") ?? account.Text("AccountName") ?? id,
            JoinMethod = account.Text("JoinMethod") ?? "unknown",
            Status = status,
            IsUsable = status is "CreateSuccess" or "InviteSuccess" or "PromoteSuccess" or "SwitchSuccess",
            Path = account.Text("ResourceDirectoryPath"),
            JoinedAt = account.Time("JoinTime"),
        };
    }

    internal static (IReadOnlyList<CloudAccount> Accounts, int Total) Page(JsonElement answer)
    {
        int total = answer.Number("TotalCount");
        return ([.. answer.Counted("Accounts", "Account", total).Select(Account)], total);
    }
}
