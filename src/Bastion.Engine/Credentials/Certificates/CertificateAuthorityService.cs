using System.Net;
using System.Security.Cryptography;
using Bastion.Audit.Events;
using Bastion.Credentials.Keys;
using Bastion.Credentials.Secrets;
using Bastion.Vault;

namespace Bastion.Credentials.Certificates;

/// <summary>The bastion as an authority for SSH: a key and a certificate for each log-on, which soon end by themselves.</summary>
public sealed class CertificateAuthorityService
{
    // Clocks differ.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private readonly EngineContext _context;

    internal CertificateAuthorityService(EngineContext context) => _context = context;

    /// <summary>All that fit, by name.</summary>
    public IReadOnlyList<CertificateAuthority> List(NamePattern? name = null) =>
        [.. _context.Database.Read(CertificateAuthorityStore.All).Where(authority => name?.Matches(authority.Name) != false)];

    /// <summary>The authority that a reference means.</summary>
    /// <exception cref="CertificateAuthorityNotFoundException">There is none.</exception>
    public CertificateAuthority Resolve(CertificateAuthorityReference reference) => _context.Database.Read(connection => CertificateAuthorityStore.Resolve(connection, reference));

    /// <summary>Makes an authority with a new key, which is sealed in the vault and never leaves it.</summary>
    /// <param name="caller">Who makes it.</param>
    /// <param name="name">Unique name.</param>
    /// <param name="validity">How long each certificate holds.</param>
    /// <param name="sourceAddresses">Addresses and networks from which certificates may be used; empty: any.</param>
    /// <param name="comment">Free text.</param>
    /// <exception cref="BastionException">The name is taken or bad, or a rule makes no sense.</exception>
    public CertificateAuthority Add(Caller caller, string name, TimeSpan validity, IReadOnlyList<string> sourceAddresses, string? comment)
    {
        ArgumentNullException.ThrowIfNull(sourceAddresses);
        if (validity < CertificateAuthority.Shortest || validity > CertificateAuthority.Longest)
            throw new InvalidCertificateRuleException(validity.ToString(), "is no validity of a certificate: it holds from one minute to 24 hours.");
        foreach (string address in sourceAddresses)
        {
            if (!IPNetwork.TryParse(address, out _) && !IPAddress.TryParse(address, out _)) throw new InvalidCertificateRuleException(address, "is neither an address nor a network such as 10.0.0.0/8.");
        }

        byte[] key = NewKey.Ed25519();
        try
        {
            KeyFacts facts = KeyFacts.Read(key, null);
            return _context.Change(caller, change =>
            {
                string good = Names.Check("certificate authority", name);
                Names.RefuseTwin("certificate authority", good, null, taken => CertificateAuthorityStore.IsTaken(change.Connection, taken));
                long id = CertificateAuthorityStore.Add(change.Connection, new CertificateAuthority
                {
                    Name = good,
                    Fingerprint = facts.Fingerprint,
                    PublicKey = "",
                    Validity = validity,
                    SourceAddresses = sourceAddresses,
                    Comment = comment,
                    CreatedAt = change.Now,
                }, facts.PublicKey);
                change.Vault.Put(change.Connection, Purpose(id), key, change.Now);
                CertificateAuthority added = CertificateAuthorityStore.Of(change.Connection, id);
                change.Audit("authority.added", good, detail: $"{facts.Fingerprint}, certificates hold {validity}", after: added);
                return added;
            });
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Removes an authority with its key. Hosts that trust it have to be told by hand.</summary>
    /// <exception cref="CertificateAuthorityInUseException">Accounts log on with its certificates.</exception>
    public CertificateAuthority Remove(Caller caller, CertificateAuthorityReference reference) => _context.Change(caller, change =>
    {
        CertificateAuthority authority = CertificateAuthorityStore.Resolve(change.Connection, reference);
        if (authority.Accounts > 0) throw new CertificateAuthorityInUseException(authority.Name, authority.Accounts);
        CertificateAuthorityStore.Remove(change.Connection, authority.Id);
        SecretStore.Remove(change.Connection, Purpose(authority.Id));
        change.Audit("authority.removed", authority.Name, detail: authority.Fingerprint, before: authority);
        return authority;
    });

    /// <summary>Makes a key and a certificate for one log-on, and takes the serial down in the audit.</summary>
    /// <param name="context">The store.</param>
    /// <param name="caller">Who logs on.</param>
    /// <param name="id">The authority.</param>
    /// <param name="login">The only login that it is for.</param>
    /// <param name="asset">Name of the asset; for the log.</param>
    /// <param name="ownerAccountId">The account that owns the asset.</param>
    internal static KeptKey Issue(EngineContext context, Caller caller, long id, string login, string asset, string ownerAccountId)
    {
        byte[] key = NewKey.Ed25519();
        byte[] certificate = context.Database.Write(connection =>
        {
            CertificateAuthority authority = CertificateAuthorityStore.Of(connection, id);
            byte[] secret = context.Vault.Get(connection, Purpose(id)) ?? throw new VaultException("SecretDamaged", authority.Name, $"The key of the certificate authority '{authority.Name}' is gone from the vault. Make another authority.");
            try
            {
                var issued = new SshCertificate(CertificateAuthorityStore.NextSerial(connection, id), $"bastion:{caller.Name}:{login}@{asset}", login,
                    context.Now - Skew, context.Now + authority.Validity, authority.SourceAddresses);
                byte[] signed = issued.Sign(KeyFacts.Read(key, null).PublicKey, secret);
                AuditEventStore.Record(connection, caller, context.Now, "certificate.issued", $"{login}@{asset}", ownerAccountId, $"{authority.Name}, serial {issued.Serial}, key id {issued.KeyId}, until {issued.ValidUntil:u}");
                return signed;
            }
            finally
            {
                CryptographicOperations.ZeroMemory(secret);
            }
        });
        return new KeptKey(CredentialKind.Certificate, key, null) { Certificate = certificate };
    }

    private static string Purpose(long authority) => $"certificate-authority/{authority}/key";
}
