using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bastion.Unit.Credentials;

/// <summary>A server that a test starts, on loopback, as an unprivileged user where the tests run as root. It ends with the tests, however they end.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    /// <summary>Starts one and waits until its port answers.</summary>
    /// <param name="user">Who runs it.</param>
    /// <param name="command">For the shell; stays in the foreground.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="log">What it writes; for the error.</param>
    internal static async Task<ServerProcess> StartAsync(string user, string command, int port, string log)
    {
        Process process = Launch(user, $"{{ {command} & read -r _; kill $!; wait $!; }} >'{log}' 2>&1", input: true);
        var server = new ServerProcess(process);
        for (int i = 0; i < 600; i++)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return server;
            }
            catch (SocketException) when (!process.HasExited)
            {
                await Task.Delay(50);
            }
        }

        await server.DisposeAsync();
        throw new InvalidOperationException($"The server did not start: {(File.Exists(log) ? await File.ReadAllTextAsync(log) : "")}");
    }

    /// <summary>Runs a program to its end.</summary>
    internal static async Task RunAsync(string user, string command)
    {
        using Process process = Launch(user, command, input: false);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"'{command}' ended with {process.ExitCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Launch(string user, string command, bool input)
    {
        bool become = Environment.IsPrivilegedProcess && user != Environment.UserName;
        var start = new ProcessStartInfo(become ? "runuser" : "/bin/sh") { UseShellExecute = false, RedirectStandardInput = input, WorkingDirectory = "/tmp" };
        foreach (string argument in become ? (string[])["-u", user, "--", "/bin/sh", "-c", command] : ["-c", command]) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
