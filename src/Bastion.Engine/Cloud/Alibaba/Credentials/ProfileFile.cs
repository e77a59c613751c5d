using System.Text.Json;
using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba.Credentials;

/// <summary>The configuration of the <c>aliyun</c> command line tool.</summary>
internal sealed class ProfileFile
{
    private readonly JsonElement _root;

    private ProfileFile(string path, JsonElement root) => (Path, _root) = (path, root);

    internal string Path { get; }

    internal static string PathIn(Surroundings surroundings) => System.IO.Path.Combine(surroundings.Home, ".aliyun", "config.json");

    /// <exception cref="CloudException">It can't be read.</exception>
    internal static ProfileFile Load(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return new ProfileFile(path, document.RootElement.Clone());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AlibabaErrors.NoCredentials($"the profiles in '{Printable.Escape(path)}' can't be read: {e.Message}", e);
        }
        catch (JsonException)
        {
            throw AlibabaErrors.BadProfile(null, $"'{Printable.Escape(path)}' is not JSON. Write it anew with 'aliyun configure'.");
        }
    }

    /// <summary>One profile.</summary>
    /// <param name="name">Its name; <see langword="null"/>: the file's current one.</param>
    /// <exception cref="CloudException">There is none of that name.</exception>
    internal JsonElement Profile(string? name)
    {
        try
        {
            string wanted = name ?? _root.Text("current") ?? "default";
            IReadOnlyList<JsonElement> profiles = _root.List("profiles", "");
            JsonElement found = profiles.FirstOrDefault(p => p.Text("name") == wanted);
            if (found.ValueKind == JsonValueKind.Object) return found;
            string[] names = [.. profiles.Select(p => p.Text("name")).OfType<string>()];
            string near = Names.Nearest(wanted, names) is { } nearest ? $" Did you mean '{Printable.Escape(nearest)}'?" : "";
            throw AlibabaErrors.BadProfile(wanted, $"'{Printable.Escape(Path)}' has no profile '{Printable.Escape(wanted)}'.{near} 'aliyun configure list' shows them.");
        }
        catch (RpcFault fault)
        {
            throw AlibabaErrors.BadProfile(name, $"'{Printable.Escape(Path)}' can't be understood: {fault.Message}. Write it anew with 'aliyun configure'.");
        }
    }
}
