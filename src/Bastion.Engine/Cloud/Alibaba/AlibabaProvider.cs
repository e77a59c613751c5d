using Bastion.Cloud.Alibaba.Credentials;
using Bastion.Cloud.Alibaba.Rpc;
using Bastion.Cloud.Connections;

namespace Bastion.Cloud.Alibaba;

/// <summary>Opens connections to Alibaba Cloud.</summary>
internal static class AlibabaProvider
{
    internal const string Name = "Alibaba";

    /// <exception cref="CloudException">Endpoint, role name or credentials can't be used.</exception>
    internal static ICloudInventory Open(CloudConnection connection, CloudSecrets? secrets, TimeProvider clock) => Open(connection, secrets, new AlibabaOptions
    {
        Endpoint = connection.Endpoint is null ? null : Endpoints.Read(connection.Endpoint),
        RoleName = connection.RoleName,
        Clock = clock,
    });

    internal static AlibabaInventory Open(CloudConnection connection, CloudSecrets? secrets, AlibabaOptions options)
    {
        if (!IsRoleName(options.RoleName)) throw AlibabaErrors.BadRole(options.RoleName);
        Surroundings here = options.Surroundings;
        var endpoints = new Endpoints(options.Endpoint, here.Get("ALIBABA_CLOUD_STS_REGION"), here.IsOn("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"));
        var rpc = new RpcClient(Handler(options.Endpoint), new CloudClock(options.Clock), options.AttemptTimeout);
        try
        {
            return new AlibabaInventory(rpc, Credentials(connection, secrets, here, endpoints, rpc), endpoints, options);
        }
        catch
        {
            rpc.Dispose();
            throw;
        }
    }

    private static IAlibabaCredentials Credentials(CloudConnection connection, CloudSecrets? secrets, Surroundings here, Endpoints endpoints, RpcClient rpc) => connection.CredentialSource switch
    {
        CredentialSource.Given => connection.AccessKeyId is { Length: > 0 } id && secrets is not null
            ? new GivenCredentials(new AlibabaKey(id, secrets.AccessKeySecret, secrets.TokenText))
            : throw AlibabaErrors.NoCredentials("the connection's key is not in the vault"),
        CredentialSource.Environment => new EnvironmentCredentials(here),
        CredentialSource.Profile => CredentialChain.OpenProfile(ProfileFile.PathIn(here), connection.Profile, here, endpoints, rpc),
        _ => CredentialChain.Official(here, endpoints, rpc),
    };

    private static SocketsHttpHandler Handler(Uri? endpoint) => new()
    {
        AllowAutoRedirect = false, // a redirect would carry the signature, and the token with it, to wherever it points
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxConnectionsPerServer = 128,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // so that a changed address is noticed
        UseCookies = false,
        UseProxy = endpoint is null || !Endpoints.IsThisMachine(endpoint),
    };

    private static bool IsRoleName(string name) => name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
