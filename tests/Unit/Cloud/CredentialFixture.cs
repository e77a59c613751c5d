using Bastion.Cloud.Alibaba;
using Bastion.Cloud.Alibaba.Credentials;
using Bastion.Cloud.Connections;

namespace Bastion.Unit.Cloud;

/// <summary>The client with a home folder and an environment of a test's own.</summary>
public abstract class CredentialFixture : AlibabaFixture, IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("bastion-home-");

    internal Dictionary<string, string> Variables { get; } = [];

    internal Uri Metadata { get; set; } = new("http://127.0.0.1:1/");

    internal Surroundings Here => new() { Variable = Variables.GetValueOrDefault, Home = _home.FullName, Metadata = Metadata, MetadataTimeout = TimeSpan.FromSeconds(30) };

    public void Dispose()
    {
        _home.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes a file below the home folder.</summary>
    internal string Write(string path, string text)
    {
        string full = Path.Combine(_home.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    /// <summary>Writes the command line tool's configuration; the rehearsal cloud's key goes where ID and SECRET stand.</summary>
    internal void Profiles(string profiles, string current = "default") => Write(".aliyun/config.json",
        $$"""{"current":"{{current}}","profiles":[{{profiles.Replace("\"ID\"", $"\"{Cloud.ManagementCredentials.AccessKeyId}\"", StringComparison.Ordinal).Replace("\"SECRET\"", $"\"{Cloud.ManagementCredentials.AccessKeySecret}\"", StringComparison.Ordinal)}}],"meta_path":""}""");

    internal AlibabaInventory OpenFrom(CredentialSource source, string? profile = null) => Keep(AlibabaProvider.Open(Connection(source, null, profile), null, new AlibabaOptions
    {
        Endpoint = Cloud.Endpoint, RoleName = NewCloudConnection.DefaultRoleName, Clock = Clock, Surroundings = Here,
    }));

    /// <summary>What the cloud says who the key is.</summary>
    internal async Task<string> WhoAsync(CredentialSource source, string? profile = null) => (await OpenFrom(source, profile).GetIdentityAsync(default)).Arn;
}
