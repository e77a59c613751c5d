using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using System.Text;
using Bastion.Audit.Recording;
using Bastion.Audit.Recording.Writing;

namespace Bastion.Unit.Audit;

/// <summary>Records or seals in a process of its own, and tells through a mapped file how far it came.</summary>
internal sealed class RecordingChild : IDisposable
{
    private readonly Process _process;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _progress;

    /// <param name="what"><c>record</c>, or <c>seal</c>.</param>
    /// <param name="bench">Where.</param>
    /// <param name="seed">What is recorded, and how fast.</param>
    public RecordingChild(string what, RecordingBench bench, int seed = 0)
    {
        string progress = Path.Combine(Path.GetDirectoryName(bench.Folder.Root)!, $"progress-{Guid.NewGuid():N}");
        File.WriteAllBytes(progress, new byte[4096]);
        _map = MemoryMappedFile.CreateFromFile(progress, FileMode.Open);
        _progress = _map.CreateViewAccessor();
        string[] arguments = ["exec", typeof(RecordingChild).Assembly.Location, "recording", what, bench.Folder.Root, progress, seed.ToString()];
        _process = Process.Start(new ProcessStartInfo(Dotnet, arguments) { UseShellExecute = false, RedirectStandardInput = true })!;
    }

    /// <summary>How far it came: bytes of output that the recorder has taken, counted from 1; 0 before it has begun.</summary>
    public long Progress => Volatile.Read(ref Place(_progress));

    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public void WaitFor(long progress)
    {
        bool came = SpinWait.SpinUntil(() => Progress >= progress || _process.HasExited, TimeSpan.FromMinutes(2));
        Assert.True(came && !_process.HasExited, "The other process did not come so far.");
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
        _progress.Dispose();
        _map.Dispose();
    }

    /// <summary>The output that a seed stands for; it has no end.</summary>
    public static IEnumerable<byte[]> Output(int seed)
    {
        var random = new Random(seed);
        for (long number = 0; ; number++)
        {
            string tail = random.Next(3) switch { 0 => "", 1 => "\e[1mé€😀語\e[0m", _ => new string((char)random.Next('a', 'z'), random.Next(200)) };
            yield return Encoding.UTF8.GetBytes($"{number}:{tail}\r\n");
        }
    }

    /// <summary>Runs to its end, and returns what it said.</summary>
    /// <param name="what"><c>fail</c>: noise until it may not write larger files, or <c>slow</c>: much on a slow disk.</param>
    /// <param name="bench">Where.</param>
    /// <param name="fileLimit">KiB that its files may have.</param>
    public static string Run(string what, RecordingBench bench, string fileLimit = "unlimited")
    {
        string progress = Path.Combine(Path.GetDirectoryName(bench.Folder.Root)!, "progress");
        File.WriteAllBytes(progress, new byte[4096]);
        string command = $"trap '' XFSZ; ulimit -f {fileLimit}; exec \"$@\"";
        string[] arguments = ["-c", command, "bash", Dotnet, "exec", typeof(RecordingChild).Assembly.Location, "recording", what, bench.Folder.Root, progress, "0"];
        using Process process = Process.Start(new ProcessStartInfo("bash", arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return said.Trim();
    }

    /// <summary>What is recorded over and over on the slow disk.</summary>
    public static byte[] Block() => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 4000).Select(i => $"{i,6} the quick brown fox\r\n")));

    /// <summary>Types like a person instead of like a program.</summary>
    public static bool IsSlow(int seed) => seed % 3 == 0;

    /// <summary>What the other process does.</summary>
    public static int Run(string[] arguments)
    {
        using MemoryMappedFile map = MemoryMappedFile.CreateFromFile(arguments[2], FileMode.Open);
        using MemoryMappedViewAccessor progress = map.CreateViewAccessor();
        // Nobody is left over when the tests are gone
        new Thread(() => Environment.Exit(global::System.Console.In.Read() < 0 ? 0 : 1)) { IsBackground = true }.Start();
        var folder = new RecordingFolder(arguments[1]);
        switch (arguments[0])
        {
            case "record":
                Record(folder, int.Parse(arguments[3]), progress);
                break;
            case "seal":
                Volatile.Write(ref Place(progress), 1);
                RecordingRecovery.SealBroken(folder, RecordingBench.Session, RecordingBench.StartedAt);
                Thread.Sleep(Timeout.Infinite);
                break;
            case "fail":
                Fail(folder);
                break;
            case "slow":
                RecordMuch(folder);
                break;
        }

        return 0;
    }

    private static void Record(RecordingFolder folder, int seed, MemoryMappedViewAccessor progress)
    {
        using ISessionRecorder recorder = SessionRecorder.Start(folder, RecordingBench.Header, TimeProvider.System);
        long taken = 1;
        Volatile.Write(ref Place(progress), taken);
        var random = new Random(seed);
        foreach (byte[] line in Output(seed))
        {
            // Chunks cut anywhere, through characters too
            int cut = random.Next(line.Length + 1);
            foreach (byte[] piece in new[] { line[..cut], line[cut..] })
            {
                recorder.Output(piece);
                Volatile.Write(ref Place(progress), taken += piece.Length);
            }

            if (random.Next(50) == 0) recorder.Input("ls\r"u8);
            if (random.Next(500) == 0) recorder.Resize(random.Next(20, 200), random.Next(5, 90));
            if (IsSlow(seed)) Thread.Sleep(random.Next(3));
        }
    }

    private static void Fail(RecordingFolder folder)
    {
        using ISessionRecorder recorder = SessionRecorder.Start(folder, RecordingBench.Header, TimeProvider.System);
        byte[] noise = new byte[10_000];
        var random = new Random(1);
        try
        {
            while (!recorder.Failed.IsCancellationRequested)
            {
                random.NextBytes(noise);
                recorder.Output(noise);
            }
        }
        catch (RecordingWriteException)
        {
            recorder.Failed.WaitHandle.WaitOne();
        }

        global::System.Console.WriteLine($"failed with {recorder.Failure!.GetType().Name}");
        recorder.Seal("over");
    }

    private static void RecordMuch(RecordingFolder folder)
    {
        byte[] block = Block();
        using SessionRecorder recorder = SessionRecorder.Start(folder, RecordingBench.Header, TimeProvider.System, path => new HookedFile(RecordingFile.Create(path))
        {
            OnWrite = (_, _, _) =>
            {
                Thread.Sleep(5); // the disk
                return true;
            },
        });
        for (int i = 0; i < 200_000_000 / block.Length; i++) recorder.Output(block);
        recorder.Seal("done");
        using var self = Process.GetCurrentProcess();
        global::System.Console.WriteLine($"most {self.PeakWorkingSet64 / 1_000_000} MB");
    }

    private static unsafe ref long Place(MemoryMappedViewAccessor view)
    {
        // The view lives as long as its owner; the pointer is into its first page.
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        return ref *(long*)start;
    }
}
