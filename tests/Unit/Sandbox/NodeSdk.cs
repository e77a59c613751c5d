using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bastion.Sandbox;

namespace Bastion.Unit.Sandbox;

/// <summary>
/// The cloud's official Node SDKs in a process of their own: clients that nobody here wrote. Installed once into the user's cache
/// (<c>npm ci</c> with the lock file of <c>tests/NodeSdk</c>); without node and npm the tests fail. One call at a time.
/// </summary>
public sealed class NodeSdk : IAsyncLifetime
{
    private static readonly string Project = Path.Combine(AppContext.BaseDirectory, "NodeSdk");
    private Process? _node;
    private int _calls;

    public async Task InitializeAsync() => _node = Start("node", await InstalledAsync(), Path.Combine(Project, "index.js"));

    public async Task DisposeAsync()
    {
        if (_node is null) return;
        _node.StandardInput.Close(); // its loop ends with its input
        await _node.WaitForExitAsync();
        _node.Dispose();
    }

    /// <summary>Calls an operation with a product's own typed client.</summary>
    /// <param name="cloud">Whom to ask.</param>
    /// <param name="operation">E.g. <c>ecs.DescribeInstances</c>.</param>
    /// <param name="key">Who asks.</param>
    /// <param name="request">Properties of the SDK's request, in its own spelling.</param>
    internal Task<NodeOutcome> CallAsync(RehearsalCloud cloud, string operation, NodeKey key, object? request = null) =>
        SendAsync(new { n = ++_calls, endpoint = cloud.Endpoint.Authority, product = operation.Split('.')[0], action = operation.Split('.')[1], key, request });

    /// <summary>Calls anything with the older generic client.</summary>
    internal Task<NodeOutcome> CallAsync(RehearsalCloud cloud, string action, string version, NodeKey key, object? query = null, object? form = null) =>
        SendAsync(new { n = ++_calls, endpoint = cloud.Endpoint.Authority, version, action, key, query, form });

    private async Task<NodeOutcome> SendAsync(object call)
    {
        await _node!.StandardInput.WriteLineAsync(JsonSerializer.Serialize(call));
        await _node.StandardInput.FlushAsync();
        string line = await _node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"node ended: {await _node.StandardError.ReadToEndAsync()}");
        JsonNode outcome = JsonNode.Parse(line)!;
        JsonNode? error = outcome["error"];
        return new NodeOutcome(outcome["body"], (string?)error?["code"] ?? "", (int?)error?["status"] ?? 200, (string?)error?["message"] ?? "", error?["denied"], (int?)error?["retryAfter"]);
    }

    private static async Task<string> InstalledAsync()
    {
        byte[] lockFile = await File.ReadAllBytesAsync(Path.Combine(Project, "package-lock.json"));
        string folder = Path.Combine(CacheFolder(), "bastion-tests", $"node-sdk-{Convert.ToHexStringLower(SHA256.HashData(lockFile))[..16]}");
        if (!Directory.Exists(folder)) await InstallAsync(folder);
        return folder;
    }

    // Beside, and moved when it is whole: a folder of the final name is always complete.
    private static async Task InstallAsync(string folder)
    {
        string part = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(part);
        foreach (string file in (string[])["package.json", "package-lock.json"]) File.Copy(Path.Combine(Project, file), Path.Combine(part, file));
        using (Process npm = Start(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", part, "ci", "--ignore-scripts", "--no-audit", "--no-fund"))
        {
            Task<string> said = npm.StandardOutput.ReadToEndAsync(), complained = npm.StandardError.ReadToEndAsync();
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0) throw new InvalidOperationException($"npm ci failed: {await complained}{await said}");
        }

        try
        {
            Directory.Move(part, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(part, recursive: true); // another run was faster
        }
    }

    private static string CacheFolder() => OperatingSystem.IsWindows()
        ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
        : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    private static Process Start(string program, string folder, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    })!;
}

/// <summary>A key in the shape that the script reads.</summary>
internal sealed record NodeKey(string id, string secret, string? token = null)
{
    public static implicit operator NodeKey(SandboxCredentials key) => new(key.AccessKeyId, key.AccessKeySecret);
}

/// <summary>What an SDK made of an answer.</summary>
/// <param name="Body">The answer in the SDK's types; null after an error.</param>
/// <param name="Code">The error's code; empty when all went well.</param>
/// <param name="Status">The error's HTTP status; 200 when all went well.</param>
/// <param name="Message">The error's text.</param>
/// <param name="Denied">What RAM refused.</param>
/// <param name="RetryAfter">Milliseconds that the SDK was told to wait.</param>
internal sealed record NodeOutcome(JsonNode? Body, string Code, int Status, string Message, JsonNode? Denied, int? RetryAfter)
{
    /// <summary>The answer; fails the test when there is none.</summary>
    public JsonNode Answer => Body ?? throw new InvalidOperationException($"{Status} {Code}: {Message}");

    /// <summary>A list of the answer, by its path.</summary>
    public IEnumerable<JsonNode> List(params string[] path) => path.Aggregate(Answer, (node, name) => node[name]!).AsArray()!;
}
