using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba.Credentials;

/// <summary>The official order of sources; the first that gives a key is kept to from then on.</summary>
/// <param name="sources">Name of each source, and how it is opened: <see langword="null"/> when it is not set up.</param>
internal sealed class CredentialChain(IReadOnlyList<(string Name, Func<IAlibabaCredentials?> Open)> sources) : IAlibabaCredentials
{
    private readonly SemaphoreSlim _choosing = new(1, 1);
    private IAlibabaCredentials? _chosen;

    internal static CredentialChain Official(Surroundings surroundings, Endpoints endpoints, RpcClient rpc) => new(
    [
        ("environment", () => new EnvironmentCredentials(surroundings)),
        ("OIDC role", () => OidcRole.From(surroundings)?.Open(rpc, endpoints.Sts)),
        ("command line profile", () => Profile(surroundings, surroundings.Get("ALIBABA_CLOUD_PROFILE"), endpoints, rpc)),
        ("credentials file", () => IniCredentials.Open(surroundings, endpoints, rpc)),
        ("machine's role", () => MachineRole.Open(surroundings, null, rpc.Clock)),
        ("credentials URI", () => UriCredentials.Open(surroundings, rpc.Clock)),
    ]);

    public async ValueTask<AlibabaKey> GetAsync(CancellationToken stop)
    {
        if (Volatile.Read(ref _chosen) is { } chosen) return await chosen.GetAsync(stop);
        await _choosing.WaitAsync(stop);
        try
        {
            return _chosen is { } meanwhile ? await meanwhile.GetAsync(stop) : await ChooseAsync(stop);
        }
        finally
        {
            _choosing.Release();
        }
    }

    public void Reject(AlibabaKey key) => Volatile.Read(ref _chosen)?.Reject(key);

    public void Dispose()
    {
        _chosen?.Dispose();
        _choosing.Dispose();
    }

    private static ProfileCredentials? Profile(Surroundings surroundings, string? name, Endpoints endpoints, RpcClient rpc)
    {
        string path = ProfileFile.PathIn(surroundings);
        return surroundings.IsOn("ALIBABA_CLOUD_CLI_PROFILE_DISABLED") || !File.Exists(path) ? null : OpenProfile(path, name, surroundings, endpoints, rpc);
    }

    internal static ProfileCredentials OpenProfile(string path, string? name, Surroundings surroundings, Endpoints endpoints, RpcClient rpc) =>
        new(path, name, file => new ProfileModes(file, surroundings, endpoints, rpc));

    private async Task<AlibabaKey> ChooseAsync(CancellationToken stop)
    {
        var reasons = new List<string>();
        foreach ((string name, Func<IAlibabaCredentials?> open) in sources)
        {
            IAlibabaCredentials? source = null;
            try
            {
                source = open();
                if (source is null) continue;
                AlibabaKey key = await source.GetAsync(stop);
                Volatile.Write(ref _chosen, source);
                return key;
            }
            catch (CloudException e)
            {
                source?.Dispose();
                reasons.Add($"{name}: {e.Message}");
            }
        }

        throw AlibabaErrors.NoCredentialsAnywhere(reasons);
    }
}
