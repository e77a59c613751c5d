using Bastion.Credentials.Certificates;

namespace Bastion.PowerShell.Credentials;

/// <summary>Names of certificate authorities.</summary>
public sealed class CertificateAuthorityNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => engine.CertificateAuthorities.List().Select(authority => new Name(authority.Name, $"{authority.Validity} · {authority.Accounts} accounts"));
}
