using System.Management.Automation;
using Bastion.Credentials.Certificates;

namespace Bastion.PowerShell.Credentials;

/// <summary>Makes the bastion an authority for SSH, which issues a certificate for each log-on.</summary>
[Cmdlet(VerbsCommon.New, "BhCertificateAuthority", SupportsShouldProcess = true)]
[OutputType(typeof(CertificateAuthority))]
public sealed class NewBhCertificateAuthorityCommand : EngineCommand
{
    /// <summary>Unique name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>Minutes that a certificate holds, from the log-on that it is made for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 1440)]
    public int ValidMinutes { get; set; } = 5;

    /// <summary>Addresses and networks from which certificates may be used, as the hosts see the bastion. Any, if none is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] SourceAddress { get; set; } = [];

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Comment { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        if (await ConfirmAsync(Name, "Make certificate authority")) Emit(Engine.CertificateAuthorities.Add(Caller, Name, TimeSpan.FromMinutes(ValidMinutes), SourceAddress, Comment));
    }
}
