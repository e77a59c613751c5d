using System.Management.Automation;
using System.Security;
using Bastion.Cloud.Connections;

namespace Bastion.PowerShell.Cloud;

/// <summary>Connects the bastion to an organisation in the cloud, and keeps the connection for later sessions.</summary>
[Cmdlet(VerbsCommunications.Connect, "BhCloud", DefaultParameterSetName = "Default", SupportsShouldProcess = true)]
[OutputType(typeof(CloudConnection))]
public sealed class ConnectBhCloudCommand : EngineCommand
{
    /// <summary>Name of the connection.</summary>
    [Parameter(Position = 0)]
    [CompletesName<CloudNames>]
    public string Name { get; set; } = "default";

    /// <summary>Access key: its id as user name, its secret as password. Kept encrypted in the vault.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "AccessKey")]
    [Credential]
    public PSCredential? AccessKey { get; set; }

    /// <summary>Token that belongs to a temporary access key.</summary>
    [Parameter(ParameterSetName = "AccessKey")]
    public SecureString? SecurityToken { get; set; }

    /// <summary>Read the key from the environment (ALIBABA_CLOUD_ACCESS_KEY_ID and _SECRET) at each use; nothing is kept.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Environment")]
    public SwitchParameter FromEnvironment { get; set; }

    /// <summary>Read the key from this profile of the aliyun command line tool at each use; nothing is kept.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Profile")]
    public string? ProfileName { get; set; }

    /// <summary>Role to take on in each member account.</summary>
    [Parameter]
    public string RoleName { get; set; } = NewCloudConnection.DefaultRoleName;

    /// <summary>One endpoint for every service: a rehearsal cloud or a proxy. Plain http only on this machine.</summary>
    [Parameter]
    public Uri? Endpoint { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        if (!await ConfirmAsync(Name, "Connect cloud")) return;
        using Secret secret = Secret.Of(AccessKey?.Password), token = Secret.Of(SecurityToken);
        Emit(await Engine.Clouds.ConnectAsync(Caller, new NewCloudConnection
        {
            Name = Name,
            Endpoint = Endpoint,
            RoleName = RoleName,
            Source = AccessKey is not null ? CredentialSource.Given : FromEnvironment ? CredentialSource.Environment : ProfileName is not null ? CredentialSource.Profile : CredentialSource.Default,
            Profile = ProfileName,
            AccessKeyId = AccessKey?.UserName,
            AccessKeySecret = secret.Bytes,
            SecurityToken = token.Bytes,
        }, stop));
    }
}
