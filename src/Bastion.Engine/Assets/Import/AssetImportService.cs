using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Bastion.Cloud;

namespace Bastion.Assets.Import;

/// <summary>Brings the assets of member accounts into the store, and keeps their state in step with the cloud.</summary>
public sealed class AssetImportService
{
    private const int AssetsAtOnce = 2000;
    private readonly EngineContext _context;

    internal AssetImportService(EngineContext context) => _context = context;

    /// <summary>
    /// Imports the assets of accounts. Accounts are read at the same time and written as they are complete, each whole or not at all; one that
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
        var ready = Channel.CreateBounded<ReadAccount>(parallelism);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task reading = Task.Run(() => ReadAsync(inventory, accounts, query, parallelism, ready.Writer, work.Token), CancellationToken.None);
        try
        {
            await foreach (ReadAccount first in ready.Reader.ReadAllAsync(stop))
            {
                // Those that are complete by now are written together: one wait for the disk instead of many.
                var batch = new List<ReadAccount> { first };
                while (batch.Sum(account => account.Assets?.Count ?? 0) < AssetsAtOnce && ready.Reader.TryRead(out ReadAccount? next)) batch.Add(next);
                foreach (AccountImport outcome in Write(caller, batch, query)) yield return outcome;
            }
        }
        finally
        {
            await work.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await reading;
    }

    private static async Task ReadAsync(ICloudInventory inventory, IReadOnlyList<string> accounts, CloudAssetQuery query, int parallelism,
        ChannelWriter<ReadAccount> ready, CancellationToken stop)
    {
        Exception? failure = null;
        using var free = new SemaphoreSlim(parallelism, parallelism);
        try
        {
            // While as many accounts as may are read, the next few get ready: that takes few calls, but one after the other.
            var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism + (parallelism / 2), CancellationToken = stop };
            await Parallel.ForEachAsync(accounts, options, async (account, token) =>
                await ready.WriteAsync(await ReadAsync(inventory, account, query, free, token), token));
        }
        catch (Exception e)
        {
            failure = e;
        }

        ready.Complete(failure);
    }

    private static async Task<ReadAccount> ReadAsync(ICloudInventory inventory, string account, CloudAssetQuery query, SemaphoreSlim free, CancellationToken stop)
    {
        var assets = new List<CloudAsset>();
        try
        {
            await inventory.PrepareAsync(account, query, stop);
            await free.WaitAsync(stop);
            try
            {
                await foreach (CloudAsset asset in inventory.ListAssetsAsync(account, query, stop)) assets.Add(asset);
            }
            finally
            {
                free.Release();
            }

            return new ReadAccount(account, assets, null);
        }
        catch (CloudRegionsRefusedException e)
        {
            return new ReadAccount(account, assets, e);
        }
        catch (BastionException e)
        {
            return new ReadAccount(account, null, e);
        }
    }

    private IReadOnlyList<AccountImport> Write(Caller caller, List<ReadAccount> batch, CloudAssetQuery query)
    {
        IReadOnlyList<AccountImport> written = batch.Exists(account => account.Assets is not null)
            ? _context.Change(caller, change => batch.Where(account => account.Assets is not null).Select(account => Write(change, account, query)).ToList())
            : [];
        return [.. batch.Where(account => account.Assets is null).Select(account => new AccountImport { OwnerAccountId = account.Id, Error = account.Error }), .. written];
    }

    private static AccountImport Write(Change change, ReadAccount account, CloudAssetQuery query)
    {
        var merge = new AssetMerge(change, account.Id);
        foreach (CloudAsset asset in account.Assets!) merge.Take(asset);
        AccountImport outcome = merge.Finish(query, (account.Error as CloudRegionsRefusedException)?.Refused ?? []) with { Error = account.Error };
        if (account.Error is null) Accounts.MemberAccountStore.Imported(change.Connection, account.Id, change.Now);
        if (outcome.Added + outcome.Updated + outcome.Vanished > 0)
            change.Audit("assets.imported", account.Id, account.Id, $"added {outcome.Added}, updated {outcome.Updated}, vanished {outcome.Vanished}");
        return outcome;
    }

    // Assets: null when the account could not be read.
    private sealed record ReadAccount(string Id, List<CloudAsset>? Assets, BastionException? Error);
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
