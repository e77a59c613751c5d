using System.Runtime.ExceptionServices;
using System.Security.Cryptography.X509Certificates;
using Bastion.Sessions.Ssh;

namespace Bastion.Credentials.SignIns;

/// <summary>Holds a database to the key of its certificate, as a host to its host key: certificates in private networks are seldom signed by anybody.</summary>
internal sealed class TlsKey(IHostKeyVerifier keys)
{
    /// <summary>The type under which such keys are kept.</summary>
    internal const string Type = "tls";

    private ExceptionDispatchInfo? _refusal;

    /// <summary>Whether the database has shown its key over TLS before: then it has to again.</summary>
    internal bool IsKnown => keys.KnownKeyTypes.Contains(Type);

    /// <summary>Whether the certificate is the right one. What the verifier says otherwise is kept.</summary>
    internal bool Verify(X509Certificate? certificate)
    {
        try
        {
            using var shown = new X509Certificate2(certificate ?? throw new InvalidOperationException("No certificate."));
            keys.Verify(Type, shown.PublicKey.ExportSubjectPublicKeyInfo());
            return true;
        }
        catch (Exception e)
        {
            _refusal = ExceptionDispatchInfo.Capture(e);
            return false;
        }
    }

    /// <summary>Throws what the verifier said, if it refused.</summary>
    internal void ThrowIfRefused() => _refusal?.Throw();
}
