using System.Text;
using Bastion.Credentials.Secrets;
using Bastion.Credentials.SignIns;

namespace Bastion.Credentials.Rotation;

/// <summary>Everything that one change needs, taken out of the vault. Disposing wipes it.</summary>
/// <param name="Target">The account whose secret is changed.</param>
/// <param name="What">Password or key.</param>
/// <param name="Current">What is kept for it.</param>
/// <param name="NewSecret">The new password or private key, UTF-8.</param>
/// <param name="ViaTarget">The privileged account that makes the change; <see langword="null"/>: the account itself.</param>
/// <param name="ViaCredential">What is kept for that.</param>
internal sealed record SecretChangeJob(SignInTarget Target, SecretKind What, KeptCredential Current, byte[] NewSecret, SignInTarget? ViaTarget, KeptCredential? ViaCredential) : IDisposable
{
    /// <summary>Account and asset, for messages.</summary>
    internal string Account => Target.Account.ToString();

    /// <summary>The new secret alone.</summary>
    internal KeptCredential New => What == SecretKind.Password
        ? new KeptCredential([], Encoding.UTF8.GetString(NewSecret))
        : new KeptCredential([new KeptKey(CredentialKind.PrivateKey, NewSecret, null)], null);

    /// <summary>What must sign in for the change to be undone without loss: the old password, or anything that is kept.</summary>
    internal KeptCredential Old => What == SecretKind.Password && Current.Password is not null ? new KeptCredential([], Current.Password) : Current;

    /// <summary>The old password, UTF-8; empty: none.</summary>
    internal byte[] OldPassword => Encoding.UTF8.GetBytes(Current.Password ?? "");

    public void Dispose()
    {
        Current.Dispose();
        ViaCredential?.Dispose();
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(NewSecret);
    }

    public override string ToString() => Account;
}

/// <summary>Changes a secret on one kind of asset. Each step may run twice.</summary>
internal interface ISecretChanger
{
    /// <summary>Makes the asset know the new secret.</summary>
    /// <exception cref="SecretChangeRefusedException">The asset said no, for certain: nothing is changed there.</exception>
    Task ChangeAsync(SecretChangeJob job, SecretChange change, CancellationToken stop);

    /// <summary>Makes the asset forget the old secret, where it knows both.</summary>
    Task CleanAsync(SecretChangeJob job, SecretChange change, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Makes the asset forget the new secret, where it knows both.</summary>
    Task UndoAsync(SecretChangeJob job, SecretChange change, CancellationToken stop) => Task.CompletedTask;
}
