using System.Diagnostics;
using System.Globalization;

namespace Bastion.Sandbox.Hosts;

/// <summary>
/// The process that owns every <c>sshd</c> of a rehearsal. It holds the other end of a pipe: when we end, however
/// that happens, the pipe closes and it takes them all with it. (A parent-death signal would not do: it is bound
/// to the thread that started the child, and .NET's pool threads come and go.)
/// </summary>
internal sealed class HostKeeper : IAsyncDisposable
{
    private readonly Process _process;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private HostKeeper(Process process) => _process = process;

    public int ProcessId => _process.Id;

    public static HostKeeper Start(string folder, OpenSsh ssh, bool isolate)
    {
        string script = Path.Combine(folder, "keeper.sh");
        using (Stream source = typeof(HostKeeper).Assembly.GetManifestResourceStream("Bastion.Sandbox.Hosts.keeper.sh")!)
        using (FileStream target = File.Create(script))
            source.CopyTo(target);
        string bash = OpenSsh.FindProgram("bash") ?? throw new HostException("bash was not found; the rehearsal's hosts need it.");
        // A session of its own: Ctrl-C at the user's terminal is not meant for the hosts
        string? setsid = OpenSsh.FindProgram("setsid");
        var start = new ProcessStartInfo(setsid ?? bash)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        if (setsid is not null) start.ArgumentList.Add(bash);
        foreach (string argument in (string[])["--noprofile", "--norc", script, folder, ssh.Sshd, isolate ? "yes" : "no"])
            start.ArgumentList.Add(argument);
        return new HostKeeper(Process.Start(start) ?? throw new HostException("The hosts' keeper could not be started."));
    }

    /// <summary>Starts the host of a prepared folder; answers with the process id of its <c>sshd</c>.</summary>
    public async Task<int> StartAsync(string host, CancellationToken stop) =>
        int.Parse(await OrderAsync($"start {host}", stop), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Ends a host with all its sessions.</summary>
    public async Task StopAsync(string host, int processId, CancellationToken stop) => await OrderAsync($"stop {processId} {host}", stop);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
        _turn.Dispose();
    }

    private async Task<string> OrderAsync(string order, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            // An order once given is waited for: a stray answer would be taken for the next one's
            await _process.StandardInput.WriteLineAsync(order);
            await _process.StandardInput.FlushAsync(CancellationToken.None);
            return await _process.StandardOutput.ReadLineAsync(CancellationToken.None) ?? throw new HostException("The hosts' keeper has ended.");
        }
        finally
        {
            _turn.Release();
        }
    }
}
