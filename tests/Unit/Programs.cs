using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bastion.Unit;

/// <summary>Other programs that tests ask.</summary>
internal static class Programs
{
    /// <summary>Runs a program to its end and gives what it wrote.</summary>
    /// <exception cref="InvalidOperationException">It failed; what it wrote is in the message.</exception>
    internal static string Run(string program, params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        // Both at once: a program that fills one of them waits until it is read.
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        string written = output.GetAwaiter().GetResult();
        return process.ExitCode == 0 ? written : throw new InvalidOperationException($"{program} {string.Join(' ', words)}: {written}{errors.GetAwaiter().GetResult()}");
    }

    /// <summary>A port on loopback where nobody listens now.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
