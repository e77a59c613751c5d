using System.Security.Cryptography;
using System.Text;
using Bastion.Audit.Recording;
using Bastion.Policies.Commands;
using Bastion.Sessions.Ssh;

namespace Bastion.Credentials.Rotation;

/// <summary>Runs small scripts on an asset. Secrets go in by standard input only: arguments are for all to see there.</summary>
/// <param name="connection">To the asset.</param>
/// <param name="timeout">For each script.</param>
internal sealed class AssetShell(SshConnection connection, TimeSpan timeout) : IDisposable
{
    // Nothing that is asked for is longer; a host that sends without end must not fill the memory.
    private const int MostOutput = 1 << 20;

    /// <summary>Runs a script with POSIX's sh.</summary>
    /// <param name="before">What stands before the shell: nothing, or what makes it another user's.</param>
    /// <param name="script">The script.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="stop">Gives up.</param>
    internal async Task<ShellAnswer> RunAsync(string before, string script, byte[] input, CancellationToken stop)
    {
        using var stream = new MemoryStream(input, writable: false);
        using MemoryStream output = new(), error = new();
        var request = new RemoteCommandRequest($"{before}/bin/sh -c {KnownShell.Quote($"PATH=$PATH:/usr/sbin:/sbin; export PATH; LC_ALL=C; export LC_ALL; {script}")}")
        {
            Input = stream,
            Output = bytes => Take(output, bytes),
            Error = bytes => Take(error, bytes),
            Timeout = timeout,
        };
        using var recorder = new NoRecorder();
        RemoteCommandResult result = await new RemoteCommand(connection).RunAsync(request, recorder, stop);
        // Ended by a signal: how far it came nobody knows, and that is no answer.
        int exitCode = result.ExitCode ?? throw new SshConnectionLostException(connection.AssetName, null);
        return new ShellAnswer(exitCode, output.ToArray(), Encoding.UTF8.GetString(error.ToArray()));
    }

    public void Dispose() => connection.Dispose();

    /// <summary>Lines for standard input. The caller wipes it.</summary>
    internal static byte[] Lines(params byte[][] lines)
    {
        byte[] all = new byte[lines.Sum(line => line.Length + 1)];
        int at = 0;
        foreach (byte[] line in lines)
        {
            line.CopyTo(all, at);
            at += line.Length;
            all[at++] = (byte)'\n';
        }

        return all;
    }

    private static void Take(MemoryStream stream, ReadOnlySpan<byte> bytes)
    {
        if (stream.Length + bytes.Length <= MostOutput) stream.Write(bytes);
    }

    // Secrets pass through here; the change is in the audit as an event.
    private sealed class NoRecorder : ISessionRecorder
    {
        public CancellationToken Failed => CancellationToken.None;

        public Exception? Failure => null;

        public void Output(ReadOnlySpan<byte> bytes)
        {
        }

        public void Input(ReadOnlySpan<byte> bytes)
        {
        }

        public void Resize(int columns, int rows)
        {
        }

        public void Marker(string text)
        {
        }

        public RecordingSummary Seal(string reason) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}

/// <summary>How a script ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it complained of.</param>
internal sealed record ShellAnswer(int ExitCode, byte[] Output, string Error)
{
    /// <summary>What it said, for people; never a secret.</summary>
    internal string Said(params byte[][] secrets)
    {
        string said = $"{Error.Trim()} {Encoding.UTF8.GetString(Output).Trim()}".Trim();
        foreach (byte[] secret in secrets) said = secret.Length == 0 ? said : said.Replace(Encoding.UTF8.GetString(secret), "***", StringComparison.Ordinal);
        return said.Length == 0 ? $"exit code {ExitCode}" : said.Length > 500 ? said[..500] : said;
    }
}
