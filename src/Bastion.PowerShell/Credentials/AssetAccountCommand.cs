using System.Management.Automation;
using Bastion.Assets;
using Bastion.PowerShell.Assets;

namespace Bastion.PowerShell.Credentials;

/// <summary>A cmdlet that goes to the assets of many accounts, several at the same time.</summary>
public abstract class AssetAccountCommand : EngineCommand
{
    private readonly List<AssetAccount> _accounts = [];

    /// <summary>Assets by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <summary>Logins, with wildcards; all, if none is given.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Account", "Login")]
    [CompletesName<AssetAccountNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only accounts for this protocol.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CompletesName<ProtocolNames>]
    public string? Protocol { get; set; }

    /// <summary>How many at the same time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>Seconds to wait for each connection and sign-in.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int ConnectTimeout { get; set; } = 15;

    /// <summary>What is done with each account.</summary>
    private protected abstract Task WorkAsync(AssetAccount account, CancellationToken stop);

    /// <summary>Whether an account is to be worked on; asked before any is.</summary>
    private protected virtual Task<bool> WantsAsync(AssetAccount account) => Task.FromResult(true);

    /// <inheritdoc/>
    protected sealed override Task RunAsync(CancellationToken stop) => ForEachAsync(Asset, async asset =>
    {
        NamePattern[] patterns = Patterns(Name);
        AssetAccount[] found = [.. Engine.AssetAccounts.List(asset, patterns, []).Where(a => Protocol is null || a.Protocol.Equals(Protocol, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 0 && patterns is [{ IsLiteral: true } only]) Engine.AssetAccounts.Resolve(asset, only.Text, Protocol);
        foreach (AssetAccount account in found)
        {
            if (await WantsAsync(account)) _accounts.Add(account);
        }
    });

    /// <inheritdoc/>
    protected sealed override async Task EndAsync(CancellationToken stop)
    {
        int done = 0;
        await ForEachAtOnceAsync(_accounts, ThrottleLimit, async account =>
        {
            try
            {
                await WorkAsync(account, stop);
            }
            finally
            {
                if (_accounts.Count > 1) Progress(MyInvocation.MyCommand.Name, account.ToString(), Interlocked.Increment(ref done), _accounts.Count);
            }
        });
    }
}
