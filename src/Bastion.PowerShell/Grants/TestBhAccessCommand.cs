using System.Management.Automation;
using System.Net;
using Bastion.Assets;
using Bastion.Policies;
using Bastion.Policies.Access;
using Bastion.PowerShell.Accounts;
using Bastion.PowerShell.Assets;
using Bastion.PowerShell.Policies;
using Bastion.PowerShell.Users;
using Bastion.Users;

namespace Bastion.PowerShell.Grants;

/// <summary>Tells who reaches what, through which grants and groups, and what the control policies say to it, without opening anything.</summary>
[Cmdlet(VerbsDiagnostic.Test, "BhAccess")]
[OutputType(typeof(AccessExplanation))]
public sealed class TestBhAccessCommand : EngineCommand
{
    /// <summary>Only these users, by name or object; all, if not given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <summary>Only these assets, by name, instance id or object; all, if not given.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <summary>Users from Get-BhUser or assets from Get-BhAsset.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Only logins of this name.</summary>
    [Parameter(Position = 2)]
    [ValidateNotNullOrEmpty]
    [CompletesName<AssetAccountNames>]
    public string? Account { get; set; }

    /// <summary>What would be opened, e.g. <c>SshExec</c>, <c>Sftp*</c>, on accounts whose protocol has it; if not given, a shell, a desktop or a database session, as the account's protocol has it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [CompletesName<ChannelNames>]
    [SupportsWildcards]
    public string[] Channel { get; set; } = [];

    /// <summary>From where; from where you are, if not given.</summary>
    [Parameter]
    [ValidateNotNull]
    public IPAddress? SourceAddress { get; set; }

    /// <summary>When; now, if not given.</summary>
    [Parameter]
    public DateTimeOffset? At { get; set; }

    /// <summary>Only assets of these accounts.</summary>
    [Parameter]
    [ValidateNotNull]
    [CompletesName<OwnerAccountIds>]
    public string[] OwnerAccountId { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        var query = new AccessQuery
        {
            Account = Account,
            Channels = Channel.Length == 0 ? [] : ProtocolChannels.Parse(Channel),
            SourceAddress = SourceAddress ?? Caller.SourceAddress,
            At = At,
            OwnerAccountIds = OwnerAccountId,
        };
        UserReference?[] users = Or(User, InputObject?.BaseObject is User someone ? new UserReference(someone) : null);
        AssetReference?[] assets = Or(Asset, InputObject?.BaseObject is Asset something ? new AssetReference(something) : null);
        if (users[0] is null && assets[0] is null)
        {
            if (InputObject is not null) throw new AccessSubjectUnclearException(InputObject.ToString());
            // Given but empty must not become everybody.
            if (IsGiven(nameof(User)) || IsGiven(nameof(Asset))) return Task.CompletedTask;
        }

        return ForEachAsync(from asset in assets from user in users select (user, asset), pair =>
        {
            foreach (AccessExplanation explanation in Engine.Access.Explain(query with { User = pair.user, Asset = pair.asset }))
            {
                stop.ThrowIfCancellationRequested();
                Emit(explanation);
            }
        });
    }

    private static T?[] Or<T>(T[] named, T? piped) where T : class
    {
        if (named.Length > 0) return named;
        return [piped];
    }
}
