using System.Security.Cryptography;
using System.Text;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Security;

namespace Bastion.Sessions.Ssh;

/// <summary>The ways to log on that a credential allows, in the order in which they are tried: keys, password, keyboard-interactive. Disposing wipes what can be wiped.</summary>
internal sealed class Logon : IDisposable
{
    private readonly SshTarget _target;
    private readonly List<PrivateKeyFile> _keys = [];
    private readonly byte[]? _password;
    private readonly List<string> _tried = [];
    private bool _answered;

    internal Logon(SshTarget target)
    {
        _target = target;
        var methods = new List<AuthenticationMethod>();
        foreach (SshKey key in target.Credential.Keys) _keys.Add(Load(target, key));
        if (_keys.Count > 0) methods.Add(new Offer(this, new PrivateKeyAuthenticationMethod(target.Login, [.. _keys.Select(key => new ModernSignatures(key))])));

        if (target.Credential.Password is { } password)
        {
            _password = Encoding.UTF8.GetBytes(password);
            var plain = new PasswordAuthenticationMethod(target.Login, _password);
            plain.PasswordExpired += (_, _) => throw SshAuthenticationFailedException.PasswordExpired(target);
            var prompted = new KeyboardInteractiveAuthenticationMethod(target.Login);
            prompted.AuthenticationPrompt += (_, e) => Answer(e, password);
            methods.Add(new Offer(this, plain));
            methods.Add(new Offer(this, prompted));
        }

        // Some hosts let an account in without any proof; SSH.NET wants at least one way.
        if (methods.Count == 0) methods.Add(new NoneAuthenticationMethod(target.Login));
        Methods = [.. methods];
    }

    internal AuthenticationMethod[] Methods { get; }

    /// <summary>Names of the ways that were tried.</summary>
    internal IReadOnlyCollection<string> Tried => _tried;

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_password);
        foreach (PrivateKeyFile key in _keys) key.Dispose();
        foreach (AuthenticationMethod method in Methods) method.Dispose();
    }

    private static PrivateKeyFile Load(SshTarget target, SshKey key)
    {
        string account = $"{target.Login}@{target.AssetName}";
        try
        {
            using var stream = new MemoryStream(key.PrivateKey, writable: false);
            using MemoryStream? certificate = key.Certificate is null ? null : new MemoryStream(key.Certificate, writable: false);
            string? passphrase = string.IsNullOrEmpty(key.Passphrase) ? null : key.Passphrase;
            return certificate is null ? new PrivateKeyFile(stream, passphrase) : new PrivateKeyFile(stream, passphrase, certificate);
        }
        catch (SshPassPhraseNullOrEmptyException e)
        {
            throw new PrivateKeyUnusableException(account, "it is encrypted, and no passphrase is kept.", e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The cause stays out: parsers may quote what they parse.
            throw new PrivateKeyUnusableException(account, string.IsNullOrEmpty(key.Passphrase) ? "it is not a PEM or OpenSSH private key of a supported type." : "its passphrase is wrong, or it is not a private key of a supported type.", null);
        }
    }

    // One answer a log-on: a host that asks again has refused the password, or wants a new one, and repeating it would lock the account.
    private void Answer(AuthenticationPromptEventArgs e, string password)
    {
        foreach (AuthenticationPrompt prompt in e.Prompts)
        {
            if (prompt.IsEchoed) throw SshAuthenticationFailedException.Asked(_target, prompt.Request.Trim());
            if (_answered) throw new SshAuthenticationException("The password was not accepted.");
            _answered = true;
            prompt.Response = password;
        }
    }

    /// <summary>Notes that a way was tried.</summary>
    private sealed class Offer(Logon logon, AuthenticationMethod inner) : AuthenticationMethod(inner.Username)
    {
        public override string Name => inner.Name;

        public override AuthenticationResult Authenticate(Session session)
        {
            logon._tried.Add(inner.Name);
            AuthenticationResult result = inner.Authenticate(session);
            AllowedAuthentications = inner.AllowedAuthentications;
            return result;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>A key without its SHA-1 signature.</summary>
    private sealed class ModernSignatures(PrivateKeyFile key) : IPrivateKeySource
    {
        public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms { get; } = [.. key.HostKeyAlgorithms.Where(a => a.Name != SshAlgorithms.Sha1Rsa)];
    }
}
