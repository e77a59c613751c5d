using System.Text.Json;
using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba.Credentials;

/// <summary>Turns a profile of the command line tool into credentials, by its mode.</summary>
internal sealed class ProfileModes(ProfileFile file, Surroundings surroundings, Endpoints endpoints, RpcClient rpc)
{
    private const int MostLinks = 5;

    /// <exception cref="CloudException">The profile is not there, lacks a field, or has a mode that is not known here.</exception>
    internal IAlibabaCredentials Open(string? name, int links = 0)
    {
        JsonElement profile = file.Profile(name);
        string called = profile.Text("name") ?? "";
        string Field(string field) => profile.Text(field) ?? throw AlibabaErrors.BadProfile(called, $"Profile '{Printable.Escape(called)}' lacks '{field}'. Complete it with 'aliyun configure'.");
        try
        {
            string mode = profile.Text("mode") ?? "AK";
            switch (mode)
            {
                case "AK":
                    return new GivenCredentials(new AlibabaKey(Field("access_key_id"), Field("access_key_secret")));
                case "StsToken":
                    return new GivenCredentials(new AlibabaKey(Field("access_key_id"), Field("access_key_secret"), Field("sts_token")));
                case "RamRoleArn":
                    return Role(profile, Field, new GivenCredentials(new AlibabaKey(Field("access_key_id"), Field("access_key_secret"), profile.Text("sts_token"))));
                case "ChainableRamRoleArn":
                    if (links >= MostLinks) throw AlibabaErrors.BadProfile(called, $"The source profiles of '{Printable.Escape(called)}' lead in a circle or through more than {MostLinks}. Shorten the chain.");
                    return Role(profile, Field, Open(Field("source_profile"), links + 1));
                case "EcsRamRole":
                    return MachineRole.Open(surroundings, profile.Text("ram_role_name"), rpc.Clock);
                case "OIDC":
                    var oidc = new OidcRole(RoleOf(profile, Field, "duration_seconds"), Field("oidc_provider_arn"), Field("oidc_token_file"));
                    return oidc.Open(rpc, Sts(profile));
                default:
                    throw AlibabaErrors.BadProfile(called, $"Profile '{Printable.Escape(called)}' has the mode '{Printable.Escape(mode)}', which Bastion doesn't use. "
                        + "Use one with AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole or OIDC, or put a key into the environment.");
            }
        }
        catch (RpcFault fault)
        {
            throw AlibabaErrors.BadProfile(called, $"Profile '{Printable.Escape(called)}' can't be understood: {fault.Message}. Write it anew with 'aliyun configure'.");
        }
    }

    private RenewedCredentials Role(JsonElement profile, Func<string, string> field, IAlibabaCredentials source)
    {
        RoleToTake role = RoleOf(profile, field, "expired_seconds");
        Uri sts = Sts(profile);
        return new RenewedCredentials(stop => RoleKeys.AssumeAsync(rpc, source, sts, role, null, stop), rpc.Clock, source);
    }

    private static RoleToTake RoleOf(JsonElement profile, Func<string, string> field, string seconds) =>
        new(field("ram_role_arn"), profile.Text("ram_session_name"), profile.Number(seconds) is > 0 and var asked ? asked : RoleToTake.Hour) { ExternalId = profile.Text("external_id") };

    private Uri Sts(JsonElement profile) => endpoints.StsOf(profile.Text("sts_endpoint"), profile.Text("sts_region"), profile.Text("enable_vpc") == "true");
}

/// <summary>A profile of the command line tool; what is changed there holds from the next call on.</summary>
/// <param name="path">The configuration.</param>
/// <param name="name">The profile; <see langword="null"/>: the current one.</param>
/// <param name="modes">Opens the file's profiles.</param>
internal sealed class ProfileCredentials(string path, string? name, Func<ProfileFile, ProfileModes> modes) : IAlibabaCredentials
{
    private readonly object _gate = new();
    private DateTime _written;
    private IAlibabaCredentials? _inner;

    public ValueTask<AlibabaKey> GetAsync(CancellationToken stop) => Inner().GetAsync(stop);

    public void Reject(AlibabaKey key) => Volatile.Read(ref _inner)?.Reject(key);

    public void Dispose() => _inner?.Dispose();

    private IAlibabaCredentials Inner()
    {
        lock (_gate)
        {
            DateTime written = File.GetLastWriteTimeUtc(path);
            // The one before is not disposed of: calls under way may still sign with its key.
            if (_inner is null || written != _written) (_inner, _written) = (modes(ProfileFile.Load(path)).Open(name), written);
            return _inner;
        }
    }
}
