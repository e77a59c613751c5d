using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Bastion.Cloud;

namespace Bastion.Assets.Import;

/// <summary>Brings the assets of member accounts into the store, and keeps their state in step with the cloud.</summary>
public sealed class AssetImportService
{
    private readonly EngineContext _context;

    internal AssetImportService(EngineContext context) => _context = context;

    /// <summary>
    /// Imports the assets of accounts. Accounts are read at the same time and written one after the other as they are complete; one that
    /// fails is reported and does not stop the others. Running it again updates, and marks what the cloud no longer has.
    /// </summary>
    /// <param name="caller">Who imports.</param>
    /// <param name="inventory">The cloud.</param>
    /// <param name="accounts">Owner account ids.</param>
    /// <param name="query">Kinds and regions; only those are looked at, and only those can vanish.</param>
    /// <param name="parallelism">Accounts read at the same time.</param>
    /// <param name="stop">Ends it; accounts already written stay.</param>
    /// <returns>One outcome an account, in order of completion.</returns>
    public async IAsyncEnumerable<AccountImport> ImportAsync(Caller caller, ICloudInventory inventory, IReadOnlyList<string> accounts, CloudAssetQuery query, int parallelism,
        [EnumeratorCancellation] CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(inventory);
        ArgumentNullException.ThrowIfNull(accounts);
        if (!caller.IsAdministrator) throw new NotAuthorizedException(caller.Name);
        // Few accounts wait to be written at a time: memory stays small however large the organisation.
        var ready = Channel.CreateBounded<(string Account, List<CloudAsset>? Assets, BastionException? Error)>(parallelism);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task reading = Task.Run(() => ReadAsync(inventory, accounts, query, parallelism, ready.Writer, work.Token), CancellationToken.None);
        try
        {
            await foreach ((string account, List<CloudAsset>? assets, BastionException? error) in ready.Reader.ReadAllAsync(stop))
                yield return assets is null ? new AccountImport { OwnerAccountId = account, Error = error } : Write(caller, account, assets, query, error as CloudRegionsRefusedException);
        }
        finally
        {
            await work.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await reading;
    }

    private static async Task ReadAsync(ICloudInventory inventory, IReadOnlyList<string> accounts, CloudAssetQuery query, int parallelism,
        ChannelWriter<(string, List<CloudAsset>?, BastionException?)> ready, CancellationToken stop)
    {
        Exception? failure = null;
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = stop };
            await Parallel.ForEachAsync(accounts, options, async (account, token) =>
            {
                var assets = new List<CloudAsset>();
                try
                {
                    await foreach (CloudAsset asset in inventory.ListAssetsAsync(account, query, token)) assets.Add(asset);
                    await ready.WriteAsync((account, assets, null), token);
                }
                catch (CloudRegionsRefusedException e)
                {
                    await ready.WriteAsync((account, assets, e), token);
                }
                catch (BastionException e)
                {
                    await ready.WriteAsync((account, null, e), token);
                }
            });
        }
        catch (Exception e)
        {
            failure = e;
        }

        ready.Complete(failure);
    }

    private AccountImport Write(Caller caller, string account, List<CloudAsset> found, CloudAssetQuery query, CloudRegionsRefusedException? refused) => _context.Change(caller, change =>
    {
        var merge = new AssetMerge(change, account);
        foreach (CloudAsset asset in found) merge.Take(asset);
        AccountImport outcome = merge.Finish(query, refused?.Refused ?? []) with { Error = refused };
        if (refused is null) Accounts.MemberAccountStore.Imported(change.Connection, account, change.Now);
        if (outcome.Added + outcome.Updated + outcome.Vanished > 0)
            change.Audit("assets.imported", account, account, $"added {outcome.Added}, updated {outcome.Updated}, vanished {outcome.Vanished}");
        return outcome;
    });
}

/// <summary>What an import did with one account.</summary>
public sealed record AccountImport
{
    /// <summary>The account.</summary>
    public required string OwnerAccountId { get; init; }
    /// <summary>Hosts that the cloud has.</summary>
    public int Hosts { get; init; }
    /// <summary>Databases that the cloud has.</summary>
    public int Databases { get; init; }
    /// <summary>New here.</summary>
    public int Added { get; init; }
    /// <summary>Changed here.</summary>
    public int Updated { get; init; }
    /// <summary>As they were.</summary>
    public int Unchanged { get; init; }
    /// <summary>Newly marked as vanished: the cloud no longer has them.</summary>
    public int Vanished { get; init; }
    /// <summary>
    /// Why the account could not be read; nothing of it was changed then. A <see cref="CloudRegionsRefusedException"/> says that only some
    /// regions could not: what the others have was taken over, and nothing in those that refused counts as vanished.
    /// </summary>
    public BastionException? Error { get; init; }
}
