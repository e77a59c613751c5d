using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Bastion.Bench.Import;

/// <summary>The rehearsal cloud in a process of its own, so that its memory is not counted as ours.</summary>
internal sealed class Rehearsal : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _control;

    private Rehearsal(Process process, JsonNode about)
    {
        _process = process;
        Endpoint = new Uri((string)about["endpoint"]!);
        (KeyId, Secret) = ((string)about["management"]!["accessKeyId"]!, (string)about["management"]!["accessKeySecret"]!);
        Members = [.. about["accounts"]!.AsArray().Where(a => (string?)a!["kind"] == "Member").Select(a => (string)a!["id"]!)];
        _control = new HttpClient { BaseAddress = Endpoint, DefaultRequestHeaders = { { "x-sandbox-key", (string)about["controlKey"]! } } };
    }

    internal Uri Endpoint { get; }

    internal string KeyId { get; }

    internal string Secret { get; }

    internal IReadOnlyList<string> Members { get; }

    internal static async Task<Rehearsal> StartAsync(int accounts, int assets, int latencyMs, string folder)
    {
        string ready = Path.Combine(folder, "ready.json");
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "bastion-sandbox.dll"), "--accounts", $"{accounts}", "--assets", $"{assets}", "--latency-ms", $"{latencyMs}", "--ready-file", ready,
        ]) { RedirectStandardOutput = true, UseShellExecute = false };
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        while (!File.Exists(ready))
        {
            if (process.HasExited) throw new InvalidOperationException("The rehearsal cloud did not start.");
            await Task.Delay(50);
        }

        return new Rehearsal(process, JsonNode.Parse(await File.ReadAllTextAsync(ready))!);
    }

    /// <summary>Calls answered so far, by operation.</summary>
    internal async Task<Dictionary<string, int>> CountsAsync() => JsonNode.Parse(await _control.GetStringAsync("_sandbox/requests"))!["counts"]!.AsObject()
        .ToDictionary(c => c.Key, c => (int)c.Value!);

    internal TimeSpan ProcessorTime { get { _process.Refresh(); return _process.TotalProcessorTime; } }

    public void Dispose()
    {
        _control.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
