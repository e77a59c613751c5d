using System.Management.Automation;
using Bastion.Accounts;
using Bastion.Cloud.Connections;
using Bastion.PowerShell.Cloud;

namespace Bastion.PowerShell.Accounts;

/// <summary>Lists the organisation's accounts: those in the bastion, or all that the cloud knows.</summary>
[Cmdlet(VerbsCommon.Get, "BhMemberAccount")]
[OutputType(typeof(MemberAccount))]
public sealed class GetBhMemberAccountCommand : CloudCommand
{
    /// <summary>Account ids or display names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("OwnerAccountId")]
    [CompletesName<MemberAccountIds>]
    [SupportsWildcards]
    public string[] Id { get; set; } = [];

    /// <summary>Ask the cloud for all accounts of the directory, added or not.</summary>
    [Parameter]
    public SwitchParameter Available { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        NamePattern[] patterns = Patterns(Id);
        bool found = false;
        await foreach (MemberAccount account in All(stop))
        {
            if (patterns.Length > 0 && !patterns.Any(p => p.Matches(account.Id) || p.Matches(account.DisplayName))) continue;
            found = true;
            Emit(account);
        }

        if (!found && patterns.FirstOrDefault(p => p.IsLiteral) is { } missing) throw new MemberAccountNotFoundException(missing.Text, Available);
    }

    private async IAsyncEnumerable<MemberAccount> All([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        if (!Available)
        {
            foreach (MemberAccount account in Engine.Accounts.List()) yield return account;
            yield break;
        }

        using OpenCloud cloud = OpenCloud();
        await foreach (MemberAccount account in Engine.Accounts.AvailableAsync(cloud.Connection, cloud.Inventory, stop)) yield return account;
    }
}
