using Bastion.Credentials.Keys;
using Bastion.Credentials.Secrets;
using Bastion.Credentials.SignIns;
using Bastion.Vault;

namespace Bastion.Credentials.Rotation;

/// <summary>
/// Brings one change to its end, from whichever step it is at: tell the asset, sign in with the new secret, make it the account's, take the old key
/// off the asset. The old secret is given up only after the new one has signed in, the new one only after the asset refused it and the old one signed in.
/// </summary>
internal sealed class SecretChangeRun(EngineContext context, Caller caller, SecretChangeJob job, ISecretChanger changer, Action<SecretChangeStep>? onStep)
{
    /// <summary>Runs what is left of the change.</summary>
    /// <param name="change">As the store has it.</param>
    /// <param name="resumed">Whether it was broken off: what the asset knows has to be found out.</param>
    /// <param name="stop">Gives up; the change stays open.</param>
    internal async Task ToEndAsync(SecretChange change, bool resumed, CancellationToken stop)
    {
        if (change.Phase == SecretChangePhase.Pending)
        {
            // Told again where it did not take effect yet: each step may run twice.
            if (!resumed || !await SignsInAsync(job.New, stop)) await ChangeAsync(change, resumed, stop);
            onStep?.Invoke(SecretChangeStep.Verified);
            Commit(change);
            onStep?.Invoke(SecretChangeStep.Committed);
        }

        await CleanAsync(change, stop);
        onStep?.Invoke(SecretChangeStep.Cleaned);
    }

    private async Task ChangeAsync(SecretChange change, bool resumed, CancellationToken stop)
    {
        try
        {
            await changer.ChangeAsync(job, change, stop);
        }
        catch (SecretChangeRefusedException e)
        {
            if (!await SignsInAsync(job.New, stop)) throw await GiveUpAsync(e, neverTold: !resumed, stop);
        }
        catch (BastionException e)
        {
            throw new SecretChangeUnsettledException(job.Account, e);
        }

        onStep?.Invoke(SecretChangeStep.Changed);
        if (await RefusalAsync(job.New, stop) is not { } refusal) return;
        if (await SignsInAsync(job.Old, stop)) await changer.UndoAsync(job, change, stop);
        throw await GiveUpAsync(new SecretChangeRefusedException(job.Account, $"it took it, but does not sign it in: {refusal.Message}", refusal), neverTold: false, stop);
    }

    // Only when the old secret is known to work, or the asset can't have the new one: it was told once and said no.
    private async Task<BastionException> GiveUpAsync(SecretChangeRefusedException why, bool neverTold, CancellationToken stop)
    {
        if (!neverTold && !await SignsInAsync(job.Old, stop)) return new SecretChangeUnsettledException(job.Account, why);
        AccountAuthority.Change(context, caller, job.Target.Account, change =>
        {
            SecretChangeStore.Remove(change.Connection, job.Target.Account.Id);
            RemoveNew(change);
            change.Audit("secret.change-refused", job.Account, job.Target.Account.OwnerAccountId, $"{job.What}");
        });
        return why;
    }

    private async Task<bool> SignsInAsync(KeptCredential credential, CancellationToken stop) => !credential.IsEmpty && await RefusalAsync(credential, stop) is null;

    // What the asset says when it refuses to sign it in; null: it signs it in.
    private async Task<BastionException?> RefusalAsync(KeptCredential credential, CancellationToken stop)
    {
        try
        {
            await SignIn.TryAsync(job.Target, credential, stop);
            return null;
        }
        catch (BastionException e) when (e.Kind == ErrorKind.Authentication)
        {
            return e;
        }
        catch (BastionException e)
        {
            throw new SecretChangeUnsettledException(job.Account, e);
        }
    }

    private void Commit(SecretChange change) => AccountAuthority.Change(context, caller, job.Target.Account, commit =>
    {
        long account = job.Target.Account.Id;
        AccountSecrets.Put(commit, account, job.What == SecretKind.Password ? AccountSecrets.Password : AccountSecrets.PrivateKey, job.NewSecret);
        if (job.What == SecretKind.Password)
        {
            SecretChangeStore.PasswordChanged(commit.Connection, account, commit.Now);
        }
        else
        {
            SecretStore.Remove(commit.Connection, AccountSecrets.Purpose(account, AccountSecrets.Passphrase));
            SecretChangeStore.KeyChanged(commit.Connection, account, Fingerprints.Of(change.NewKey), commit.Now);
        }

        RemoveNew(commit);
        CredentialTestStore.Remove(commit.Connection, account);
        SecretChangeStore.Commit(commit.Connection, account);
        commit.Audit("secret.changed", job.Account, job.Target.Account.OwnerAccountId,
            $"{job.What}{(change.NewKey is null ? "" : $" {Fingerprints.Of(change.NewKey)}")}{(change.Via is null ? "" : $", by {change.Via}")}");
    });

    private async Task CleanAsync(SecretChange change, CancellationToken stop)
    {
        try
        {
            await changer.CleanAsync(job, change, stop);
        }
        catch (BastionException e)
        {
            throw new OldKeyNotRemovedException(job.Account, e);
        }

        AccountAuthority.Change(context, caller, job.Target.Account, clean =>
        {
            SecretChangeStore.Remove(clean.Connection, job.Target.Account.Id);
            if (change.OldKey is not null) clean.Audit("secret.old-key-removed", job.Account, job.Target.Account.OwnerAccountId, Fingerprints.Of(change.OldKey));
        });
    }

    private void RemoveNew(Change change)
    {
        foreach (string what in (ReadOnlySpan<string>)[AccountSecrets.NewPassword, AccountSecrets.NewPrivateKey])
            SecretStore.Remove(change.Connection, AccountSecrets.Purpose(job.Target.Account.Id, what));
    }
}
