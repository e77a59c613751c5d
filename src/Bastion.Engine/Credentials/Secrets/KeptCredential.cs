using System.Security.Cryptography;

namespace Bastion.Credentials.Secrets;

/// <summary>With what an account logs on.</summary>
public enum CredentialKind
{
    /// <summary>Nothing is kept: the user types the password.</summary>
    Asked,
    /// <summary>The password kept for the account.</summary>
    Password,
    /// <summary>The private key kept for the account.</summary>
    PrivateKey,
    /// <summary>A private key that several accounts use.</summary>
    SharedKey,
    /// <summary>A certificate, made for one log-on.</summary>
    Certificate,
}

/// <summary>Secrets taken out of the vault for one log-on, best first. Disposing wipes what can be wiped.</summary>
/// <param name="Keys">Private keys in the order in which they are tried.</param>
/// <param name="Password">Tried after the keys.</param>
internal sealed record KeptCredential(IReadOnlyList<KeptKey> Keys, string? Password) : IDisposable
{
    /// <summary>A password that is on its way to the asset: tried when <see cref="Password"/> is refused. <see langword="null"/>: none.</summary>
    internal string? NewPassword { get; init; }

    internal bool IsEmpty => Keys.Count == 0 && Password is null && NewPassword is null;

    /// <summary>The same with the new password in place of the old.</summary>
    internal KeptCredential Renewed => this with { Password = NewPassword, NewPassword = null };

    /// <summary>Each secret alone, best first. They share their bytes with this.</summary>
    internal IEnumerable<(CredentialKind Kind, KeptCredential Credential)> OneByOne()
    {
        foreach (KeptKey key in Keys) yield return (key.Kind, new KeptCredential([key], null));
        foreach (string password in new[] { Password, NewPassword }.OfType<string>()) yield return (CredentialKind.Password, new KeptCredential([], password));
    }

    public void Dispose()
    {
        foreach (KeptKey key in Keys) CryptographicOperations.ZeroMemory(key.PrivateKey);
    }

    public override string ToString() => "(secret)";
}

/// <summary>One private key.</summary>
/// <param name="Kind">Whose it is.</param>
/// <param name="PrivateKey">PEM or OpenSSH.</param>
/// <param name="Passphrase">Of the key.</param>
internal sealed record KeptKey(CredentialKind Kind, byte[] PrivateKey, string? Passphrase)
{
    /// <summary>OpenSSH certificate of the key; <see langword="null"/>: none.</summary>
    internal byte[]? Certificate { get; init; }

    public override string ToString() => "(secret)";
}
