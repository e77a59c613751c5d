using System.Management.Automation;
using Bastion.Credentials.Certificates;

namespace Bastion.PowerShell.Credentials;

/// <summary>Lists the authorities whose certificates accounts log on with. Private halves are never shown.</summary>
[Cmdlet(VerbsCommon.Get, "BhCertificateAuthority")]
[OutputType(typeof(CertificateAuthority))]
public sealed class GetBhCertificateAuthorityCommand : EngineCommand
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<CertificateAuthorityNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) =>
        EmitNamedAsync(Name, name => Engine.CertificateAuthorities.Resolve(new CertificateAuthorityReference(name)), pattern => Engine.CertificateAuthorities.List(pattern));
}
