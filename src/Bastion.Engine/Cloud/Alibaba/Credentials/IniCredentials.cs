using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba.Credentials;

/// <summary>The credentials file that the official SDKs share.</summary>
internal static class IniCredentials
{
    private const string Variable = "ALIBABA_CLOUD_CREDENTIALS_FILE";

    /// <returns><see langword="null"/> when there is no such file.</returns>
    /// <exception cref="CloudException">The section is missing, lacks a key, or has a type that is not known here.</exception>
    internal static IAlibabaCredentials? Open(Surroundings surroundings, Endpoints endpoints, RpcClient rpc)
    {
        string path = surroundings.Get(Variable) ?? Path.Combine(surroundings.Home, ".alibabacloud", "credentials");
        if (!File.Exists(path)) return null;
        string name = surroundings.Get("ALIBABA_CLOUD_PROFILE") ?? "default";
        string shown = Printable.Escape(path), section = Printable.Escape(name);
        Dictionary<string, string> keys = Section(path, name) ?? throw AlibabaErrors.BadProfile(name, $"'{shown}' has no section [{section}].");
        string Key(string key) => keys.GetValueOrDefault(key) is { Length: > 0 } value ? value : throw AlibabaErrors.BadProfile(name, $"Section [{section}] of '{shown}' lacks '{key}'.");
        switch (Key("type"))
        {
            case "access_key":
                return new GivenCredentials(new AlibabaKey(Key("access_key_id"), Key("access_key_secret")));
            case "ecs_ram_role":
                return MachineRole.Open(surroundings, keys.GetValueOrDefault("role_name"), rpc.Clock);
            case "ram_role_arn":
                var role = new RoleToTake(Key("role_arn"), keys.GetValueOrDefault("role_session_name")) { Policy = keys.GetValueOrDefault("policy") };
                var source = new GivenCredentials(new AlibabaKey(Key("access_key_id"), Key("access_key_secret")));
                return new RenewedCredentials(stop => RoleKeys.AssumeAsync(rpc, source, endpoints.Sts, role, null, stop), rpc.Clock, source);
            default:
                throw AlibabaErrors.BadProfile(name, $"Section [{section}] of '{shown}' has the type '{Printable.Escape(Key("type"))}', which Bastion doesn't use. Use access_key, ecs_ram_role or ram_role_arn.");
        }
    }

    private static Dictionary<string, string>? Section(string path, string name)
    {
        Dictionary<string, string>? section = null;
        bool inside = false;
        foreach (string line in Lines(path).Select(l => l.Trim()))
        {
            if (line.StartsWith('[') && line.EndsWith(']'))
            {
                inside = line[1..^1].Trim() == name;
                if (inside) section ??= new Dictionary<string, string>(StringComparer.Ordinal);
            }
            else if (inside && line.Length > 0 && line[0] is not ('#' or ';') && line.Split('=', 2) is [var key, var value])
            {
                section![key.Trim()] = value.Trim();
            }
        }

        return section;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AlibabaErrors.NoCredentials($"'{Printable.Escape(path)}' can't be read: {e.Message}", e);
        }
    }
}
