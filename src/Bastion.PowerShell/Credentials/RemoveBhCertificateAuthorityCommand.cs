using System.Management.Automation;
using Bastion.Credentials.Certificates;

namespace Bastion.PowerShell.Credentials;

/// <summary>Removes certificate authorities that no account uses, with their keys.</summary>
[Cmdlet(VerbsCommon.Remove, "BhCertificateAuthority", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveBhCertificateAuthorityCommand : EngineCommand
{
    /// <summary>Authorities by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<CertificateAuthorityNames>]
    public CertificateAuthorityReference[] CertificateAuthority { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(CertificateAuthority, async reference =>
    {
        CertificateAuthority authority = Engine.CertificateAuthorities.Resolve(reference);
        if (await ConfirmAsync(authority.Name, "Remove certificate authority with its key")) Engine.CertificateAuthorities.Remove(Caller, new CertificateAuthorityReference(authority));
    });
}
