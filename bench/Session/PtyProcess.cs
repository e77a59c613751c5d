using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Bastion.Bench.Session;

/// <summary>A program under a pseudo terminal of its own, as its session's leader: what a terminal window gives a shell.</summary>
internal sealed unsafe partial class PtyProcess : IDisposable
{
    private const short NewSession = 0x80;
    private const int ReadWrite = 2;
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;
    private readonly int _master;
    private readonly byte[] _buffer = new byte[1 << 16];

    private PtyProcess(int master, int id) => (_master, Id) = (master, id);

    internal int Id { get; }

    /// <summary>Processor time used so far, of the program itself.</summary>
    internal TimeSpan Cpu
    {
        get
        {
            string[] fields = File.ReadAllText($"/proc/{Id}/stat").Split(") ")[1].Split(' ');
            return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Resident memory, MB.</summary>
    internal double Memory => long.Parse(File.ReadLines($"/proc/{Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))[6..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024.0;

    internal static PtyProcess Start(string command, IReadOnlyDictionary<string, string> variables)
    {
        ushort* size = stackalloc ushort[4] { 24, 80, 0, 0 };
        byte* name = stackalloc byte[128];
        if (openpty(out int master, out int slave, name, null, size) != 0) throw new InvalidOperationException("No pseudo terminal.");
        byte* actions = stackalloc byte[512];
        byte* attributes = stackalloc byte[512];
        // Opened by a session's leader, it becomes the controlling terminal.
        int error = posix_spawn_file_actions_init(actions) | posix_spawnattr_init(attributes) | posix_spawnattr_setflags(attributes, NewSession)
            | posix_spawn_file_actions_addopen(actions, 0, name, ReadWrite, 0) | posix_spawn_file_actions_adddup2(actions, 0, 1) | posix_spawn_file_actions_adddup2(actions, 0, 2)
            | fcntl(master, SetDescriptorFlags, CloseOnExec) | fcntl(slave, SetDescriptorFlags, CloseOnExec);
        IEnumerable<string> environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Where(e => (string)e.Key is not ("TERM" or "LANG" or "LC_ALL")).Select(e => $"{e.Key}={e.Value}")
            .Concat(variables.Select(v => $"{v.Key}={v.Value}")).Append("TERM=xterm-256color").Append("LANG=C.UTF-8");
        error |= posix_spawn(out int id, "/bin/sh", actions, attributes, ["/bin/sh", "-c", "exec " + command, null], [.. environment, null]);
        if (error != 0) throw new InvalidOperationException($"'{command}' could not be started (error {error}).");
        _ = close(slave);
        return new PtyProcess(master, id);
    }

    internal void Type(ReadOnlySpan<byte> keys)
    {
        fixed (byte* k = keys) _ = write(_master, k, (nuint)keys.Length);
    }

    internal void Type(string keys) => Type(Encoding.UTF8.GetBytes(keys));

    /// <summary>Waits for output and takes up to <paramref name="most"/> bytes of it.</summary>
    internal ReadOnlySpan<byte> Take(int most = 1 << 16)
    {
        fixed (byte* b = _buffer)
        {
            nint count = read(_master, b, (nuint)Math.Min(most, _buffer.Length));
            return count > 0 ? _buffer.AsSpan(0, (int)count) : throw new InvalidOperationException("The client has ended.");
        }
    }

    /// <summary>Whether there is output, at once or within some milliseconds.</summary>
    internal bool HasOutput(int milliseconds)
    {
        var entry = new PollEntry { Descriptor = _master, Wanted = 1 };
        return poll(&entry, 1, milliseconds) > 0;
    }

    /// <summary>Takes output until it ends with a text.</summary>
    internal void TakeUntil(string end)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(end);
        byte[] last = [];
        while (!last.AsSpan().EndsWith(wanted))
        {
            if (!HasOutput(60_000)) throw new TimeoutException($"'{end}' did not come; this did: {Encoding.UTF8.GetString(last)}");
            ReadOnlySpan<byte> taken = Take();
            byte[] all = [.. last, .. taken];
            last = all[Math.Max(0, all.Length - 200)..];
        }
    }

    public void Dispose()
    {
        _ = close(_master);
        _ = kill(Id, 9);
        _ = waitpid(Id, null, 0);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        internal int Descriptor;
        internal short Wanted;
        internal short Found;
    }

    [LibraryImport("libc")]
    private static partial int openpty(out int master, out int slave, byte* name, void* termios, ushort* size);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_addopen(byte* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(byte* actions, int from, int to);

    [LibraryImport("libc")]
    private static partial int fcntl(int descriptor, int command, int value);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(out int id, string path, byte* actions, byte* attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc")]
    private static partial int poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc")]
    private static partial nint read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc")]
    private static partial nint write(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);

    [LibraryImport("libc")]
    private static partial int waitpid(int process, int* status, int options);
}
