using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Bastion.Cloud;
using Bastion.Roles.Rights;

namespace Bastion.Assets.Import;

/// <summary>Brings the assets of member accounts into the store, and keeps their state in step with the cloud.</summary>
public sealed class AssetImportService
{
    private const int AssetsAtOnce = 2000;
    // So many times the accounts that are read at once may be complete before the turn of the slowest
    private const int AccountsAhead = 4;
    private readonly EngineContext _context;

    internal AssetImportService(EngineContext context) => _context = context;

    /// <summary>
    /// Imports the assets of accounts. Accounts are read at the same time and written in their order, each whole or not at all, so that names
    /// don't depend on which was quicker; one that fails is reported and does not stop the others. Running it again updates, and marks what the
    /// cloud no longer has.
    /// </summary>
    /// <param name="caller">Who imports.</param>
    /// <param name="inventory">The cloud.</param>
    /// <param name="accounts">Owner account ids.</param>
    /// <param name="query">Kinds and regions; only those are looked at, and only those can vanish.</param>
    /// <param name="parallelism">Accounts read at the same time.</param>
    /// <param name="stop">Ends it; accounts already written stay.</param>
    /// <returns>One outcome an account, in the order of <paramref name="accounts"/>.</returns>
    public async IAsyncEnumerable<AccountImport> ImportAsync(Caller caller, ICloudInventory inventory, IReadOnlyList<string> accounts, CloudAssetQuery query, int parallelism,
        [EnumeratorCancellation] CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(inventory);
        ArgumentNullException.ThrowIfNull(accounts);
        // Before the cloud is asked; and again when each is written.
        CallerRights rights = _context.RightsOf(caller);
        foreach (string account in accounts) rights.Require(Role.Administrator, account, account);
        var ready = Channel.CreateUnbounded<ReadAccount>();
        // Few accounts wait to be written at a time, however slow the one before them: memory stays small however large the organisation.
        using var ahead = new SemaphoreSlim(parallelism * AccountsAhead);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task reading = Task.Run(() => ReadAsync(inventory, accounts, query, parallelism, ahead, ready.Writer, work.Token), CancellationToken.None);
        try
        {
            var early = new Dictionary<int, ReadAccount>();
            for (int next = 0; await ready.Reader.WaitToReadAsync(stop);)
            {
                while (ready.Reader.TryRead(out ReadAccount? account)) early.Add(account.Place, account);
                // Those whose turn has come are written together: one wait for the disk instead of many.
                while (NextTo(next, early) is { Count: > 0 } batch)
                {
                    next += batch.Count;
                    ahead.Release(batch.Count);
                    foreach (AccountImport outcome in Write(caller, batch, query)) yield return outcome;
                }
            }
        }
        finally
        {
            await work.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await reading;
    }

    private static List<ReadAccount> NextTo(int place, Dictionary<int, ReadAccount> early)
    {
        var batch = new List<ReadAccount>();
        int assets = 0;
        while (assets < AssetsAtOnce && early.Remove(place + batch.Count, out ReadAccount? account))
        {
            batch.Add(account);
            assets += account.Assets?.Count ?? 0;
        }

        return batch;
    }

    private static async Task ReadAsync(ICloudInventory inventory, IReadOnlyList<string> accounts, CloudAssetQuery query, int parallelism,
        SemaphoreSlim ahead, ChannelWriter<ReadAccount> ready, CancellationToken stop)
    {
        Exception? failure = null;
        using var free = new SemaphoreSlim(parallelism, parallelism);
        try
        {
            // While as many accounts as may are read, the next few get ready: that takes few calls, but one after the other.
            var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism + (parallelism / 2), CancellationToken = stop };
            await Parallel.ForEachAsync(InTurn(accounts, ahead, stop), options, async (turn, token) =>
                await ready.WriteAsync(await ReadAsync(inventory, turn.Place, turn.Account, query, free, token), token));
        }
        catch (Exception e)
        {
            failure = e;
        }

        ready.Complete(failure);
    }

    // Turns are given out in order: whoever is to be written next is never left without one.
    private static async IAsyncEnumerable<(int Place, string Account)> InTurn(IReadOnlyList<string> accounts, SemaphoreSlim ahead, [EnumeratorCancellation] CancellationToken stop)
    {
        for (int place = 0; place < accounts.Count; place++)
        {
            await ahead.WaitAsync(stop);
            yield return (place, accounts[place]);
        }
    }

    private static async Task<ReadAccount> ReadAsync(ICloudInventory inventory, int place, string account, CloudAssetQuery query, SemaphoreSlim free, CancellationToken stop)
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

            return new ReadAccount(place, account, assets, null);
        }
        catch (CloudRegionsRefusedException e)
        {
            return new ReadAccount(place, account, assets, e);
        }
        catch (BastionException e)
        {
            return new ReadAccount(place, account, null, e);
        }
    }

    private List<AccountImport> Write(Caller caller, List<ReadAccount> batch, CloudAssetQuery query)
    {
        if (!batch.Exists(account => account.Assets is not null)) return [.. batch.Select(Unread)];
        return _context.ChangeOwned(caller, change => batch.Select(account => account.Assets is null ? Unread(account) : Write(change, account, query)).ToList());
    }

    private static AccountImport Unread(ReadAccount account) => new() { OwnerAccountId = account.Id, Error = account.Error };

    private static AccountImport Write(Change change, ReadAccount account, CloudAssetQuery query)
    {
        change.Authorize(account.Id, account.Id);
        var merge = new AssetMerge(change, account.Id);
        foreach (CloudAsset asset in account.Assets!) merge.Take(asset);
        AccountImport outcome = merge.Finish(query, (account.Error as CloudRegionsRefusedException)?.Refused ?? []) with { Error = account.Error };
        if (account.Error is null) Accounts.MemberAccountStore.Imported(change.Connection, account.Id, change.Now);
        if (outcome.Added + outcome.Updated + outcome.Vanished > 0)
            change.Audit("assets.imported", account.Id, account.Id, $"added {outcome.Added}, updated {outcome.Updated}, vanished {outcome.Vanished}",
                after: new Dictionary<string, object?>(StringComparer.Ordinal) { ["Added"] = outcome.Added, ["Updated"] = outcome.Updated, ["Vanished"] = outcome.Vanished });
        return outcome;
    }

    // Assets: null when the account could not be read.
    private sealed record ReadAccount(int Place, string Id, List<CloudAsset>? Assets, BastionException? Error);
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
