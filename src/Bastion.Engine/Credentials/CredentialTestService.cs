using System.Diagnostics;
using Bastion.Assets;
using Bastion.Assets.HostKeys;
using Bastion.Credentials.Secrets;
using Bastion.Credentials.SignIns;
using Bastion.Sessions;
using Bastion.Sessions.Ssh;

namespace Bastion.Credentials;

/// <summary>Finds out on the assets themselves whether what is kept signs in.</summary>
public sealed class CredentialTestService
{
    private readonly EngineContext _context;
    private readonly HostKeyService _hostKeys;

    internal CredentialTestService(EngineContext context, HostKeyService hostKeys) => (_context, _hostKeys) = (context, hostKeys);

    /// <summary>Tries what is kept for an account, best first, each alone, until one signs in; the outcome is kept with the account.</summary>
    /// <param name="caller">Who asks; an administrator.</param>
    /// <param name="account">The account.</param>
    /// <param name="timeout">For each sign-in.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="BastionException">The caller may not, or the account is gone. What the asset says is in the outcome.</exception>
    public async Task<CredentialTest> TestAsync(Caller caller, AssetAccount account, TimeSpan timeout, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(account);
        (Asset asset, account) = AccountAuthority.Resolve(_context, caller, account);
        long began = Stopwatch.GetTimestamp();
        (CredentialState state, CredentialKind? credential, string? reason) = await TryAsync(caller, asset, account, timeout, stop);
        var test = new CredentialTest
        {
            Name = account.Name,
            Asset = account.Asset,
            OwnerAccountId = account.OwnerAccountId,
            Protocol = account.Protocol,
            State = state,
            Credential = credential,
            Reason = reason,
            TestedAt = _context.Now,
            Duration = Stopwatch.GetElapsedTime(began),
        };
        AccountAuthority.Change(_context, caller, account, change =>
        {
            CredentialTestStore.Put(change.Connection, account.Id, test);
            change.Audit("account.tested", account.ToString(), account.OwnerAccountId, credential is null ? $"{state}" : $"{state}, {credential}", after: test);
        });
        return test;
    }

    private async Task<(CredentialState State, CredentialKind? Credential, string? Reason)> TryAsync(Caller caller, Asset asset, AssetAccount account, TimeSpan timeout, CancellationToken stop)
    {
        if (!SignIn.Supports(account.Protocol)) return (CredentialState.Unsupported, null, new SignInUnsupportedException(account.ToString(), account.Protocol).Message);
        if (asset.State is AssetState.Stopped or AssetState.Vanished) return (CredentialState.Unreachable, null, new AssetNotReachableException(asset.Name, asset.State).Message);
        if (account.IsSelf) return (CredentialState.NothingKept, null, "Each user logs on as himself.");
        using KeptCredential kept = AccountLogon.Open(_context, caller, account, account.Name);
        if (kept.IsEmpty) return (CredentialState.NothingKept, null, "Nothing is kept: the user is asked for the password.");
        var target = new SignInTarget(asset, account, new AssetHostKeys(_hostKeys, caller, asset), timeout);
        CredentialKind? last = null;
        var refused = new List<string>();
        foreach ((CredentialKind kind, KeptCredential one) in kept.OneByOne())
        {
            try
            {
                last = kind;
                await SignIn.TryAsync(target, one, stop);
                return (CredentialState.Works, kind, refused.Count == 0 ? null : string.Join(' ', refused));
            }
            catch (BastionException e) when (e.Kind == ErrorKind.Authentication)
            {
                refused.Add($"{kind}: {e.Message}");
            }
            catch (BastionException e)
            {
                return (e.Kind == ErrorKind.Security ? CredentialState.Untrusted : CredentialState.Unreachable, kind, e.Message);
            }
        }

        return (CredentialState.Refused, last, string.Join(' ', refused));
    }
}
