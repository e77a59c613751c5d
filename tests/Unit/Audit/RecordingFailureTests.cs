using System.Diagnostics;
using System.Text;
using Bastion.Audit.Recording;
using Bastion.Audit.Recording.Writing;

namespace Bastion.Unit.Audit;

public class RecordingFailureTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Fact]
    public void A_session_that_can_not_be_recorded_does_not_start()
    {
        using var bench = new RecordingBench();
        Directory.CreateDirectory(bench.Folder.Root);
        File.WriteAllText(Path.Combine(bench.Folder.Root, "2026"), "a file where a folder should be");
        Assert.ThrowsAny<IOException>(() => SessionRecorder.Start(bench.Folder, RecordingBench.Header, TimeProvider.System));
    }

    [Fact]
    public void A_full_disk_refuses_the_session_and_leaves_nothing_behind()
    {
        if (OperatingSystem.IsWindows()) return;
        using var bench = new RecordingBench();
        Assert.ThrowsAny<IOException>(() => SessionRecorder.Start(bench.Folder, RecordingBench.Header, TimeProvider.System, OnFullDisk));
        Assert.Empty(Directory.GetFiles(bench.Folder.Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_disk_that_fills_up_ends_the_session()
    {
        if (OperatingSystem.IsWindows()) return;
        using var bench = new RecordingBench();
        using RecordingFile full = OnFullDisk(Path.Combine(Path.GetDirectoryName(bench.Folder.Root)!, "full"));
        using SessionRecorder recorder = bench.Start(file: inner => new HookedFile(inner)
        {
            OnWrite = (number, offset, bytes) =>
            {
                if (number > 2) full.Write(offset, bytes);
                return number <= 2;
            },
        });
        byte[] block = new byte[10_000];
        Array.Fill(block, (byte)'x');
        Assert.Throws<RecordingWriteException>(() => OutputForever(recorder, block));
        Assert.True(recorder.Failed.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)));
        Assert.IsAssignableFrom<IOException>(recorder.Failure);
        RecordingSummary summary = recorder.Seal("The recording could no longer be written.");
        Assert.False(summary.Complete);

        // There is room again: what the journal kept goes into the recording.
        RecordingSummary later = Assert.IsType<RecordingSummary>(bench.SealBroken());
        Assert.True(later.OutputBytes > 8_000_000);
        Assert.Equal(later.OutputBytes, bench.Text().Length);
        Assert.Empty(bench.Check().Problems);
    }

    [Fact]
    public void A_limit_of_the_system_on_files_ends_the_session()
    {
        if (OperatingSystem.IsWindows()) return;
        using var bench = new RecordingBench();
        Assert.Equal("failed with IOException", RecordingChild.Run("fail", bench, fileLimit: "9000"));
        Assert.NotNull(bench.SealBroken());
        Assert.Empty(bench.Check().Problems);
    }

    [Theory]
    [InlineData("recording")]
    [InlineData("journal")]
    [InlineData("shortened")]
    public void Files_that_somebody_touches_end_the_session(string what)
    {
        if (OperatingSystem.IsWindows()) return;
        using var bench = new RecordingBench();
        using SessionRecorder recorder = bench.Start();
        recorder.Output("shown"u8);
        if (what == "recording") File.Delete(bench.Recording);
        else if (what == "journal") File.Delete(bench.Journal);
        else File.WriteAllBytes(bench.Recording, []);
        Assert.True(recorder.Failed.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)));
        Assert.Equal("RecordingGone", Assert.IsType<RecordingWriteException>(recorder.Failure).Id);
        Assert.False(recorder.Seal("over").Complete);
        if (what == "shortened") return;

        // A removed recording is put back from the file that was still open.
        Assert.Equal("shown", bench.Text());
        Assert.Empty(bench.Check().Problems);
        Assert.StartsWith("broken: over The recorder failed:", bench.Events()[^1].Text);
    }

    [Fact]
    public void A_fault_that_passes_loses_nothing()
    {
        using var bench = new RecordingBench();
        bool faulty = true;
        using SessionRecorder recorder = bench.Start(file: inner => new HookedFile(inner) { OnWrite = (number, _, _) => number == 1 || !faulty ? true : throw new IOException("Input/output error") });
        recorder.Output("shown"u8);
        Assert.True(recorder.Failed.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)));
        faulty = false;
        Assert.True(recorder.Seal("over.").Complete);
        Assert.Equal("shown", bench.Text());
        Assert.Equal("complete: over. The recorder failed: Input/output error", bench.Events()[^1].Text);
        Assert.Empty(bench.Check().Problems);
    }

    [Fact]
    public void Who_is_told_of_the_failure_may_seal_at_once()
    {
        using var bench = new RecordingBench();
        using var done = new ManualResetEventSlim();
        using SessionRecorder recorder = bench.Start(file: inner => new HookedFile(inner) { OnWrite = (number, _, _) => number == 1 ? true : throw new IOException("Input/output error") });
        using CancellationTokenRegistration told = recorder.Failed.Register(() =>
        {
            recorder.Seal("over");
            done.Set();
        });
        recorder.Output("shown"u8);
        Assert.True(done.Wait(TimeSpan.FromSeconds(30), CancellationToken.None));
    }

    [Fact]
    public void A_disk_that_hangs_ends_the_session_and_does_not_hold_it()
    {
        using var bench = new RecordingBench();
        using var hang = new ManualResetEventSlim();
        using var ended = new ManualResetEventSlim();
        SessionRecorder recorder = bench.Start(patience: TimeSpan.FromMilliseconds(300), file: inner => new HookedFile(inner)
        {
            OnWrite = (number, _, _) =>
            {
                if (number > 1) hang.Wait();
                return true;
            },
        });
        byte[] block = new byte[1_000_000];
        Assert.Throws<RecordingWriteException>(() => OutputForever(recorder, block));
        Assert.Equal("RecordingStalled", Assert.IsType<RecordingWriteException>(recorder.Failure).Id);
        Assert.True(recorder.Failed.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)));
        Assert.False(recorder.Seal("over").Complete);
        hang.Set();
        Assert.True(SpinWait.SpinUntil(() => recorder.HasEnded, TimeSpan.FromSeconds(30)));
        recorder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_crash_within_any_write_loses_nothing(int seed)
    {
        using var bench = new RecordingBench();
        using var after = new RecordingBench();
        Random random = new(seed), sizes = new(seed);
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 60_000)).Select(i => $"{i} é€😀 {random.Next()}\r\n")));
        // There are at least the header's write, one of events and the seal's; each 256 KiB of the ring make one more
        int fatal = random.Next(2, 4 + (text.Length / 300_000));
        long taken = 0, takenThen = -1;
        using SessionRecorder recorder = bench.Start(file: inner => new HookedFile(inner)
        {
            OnWrite = (number, offset, bytes) =>
            {
                if (number != fatal) return true;
                takenThen = Volatile.Read(ref taken);
                // Dies here: some of the bytes are written, and nothing after.
                inner.Write(offset, bytes[..random.Next(bytes.Length + 1)]);
                Directory.CreateDirectory(Path.GetDirectoryName(after.Recording)!);
                File.Copy(bench.Recording, after.Recording);
                CopyHeld(bench.Journal, after.Journal);
                throw new IOException("dead");
            },
        });
        try
        {
            while (taken < text.Length)
            {
                int length = (int)Math.Min(sizes.Next(1, 100_000), text.Length - taken);
                recorder.Output(text.AsSpan((int)taken, length));
                Volatile.Write(ref taken, taken + length);
                if (recorder.Failed.IsCancellationRequested) break;
            }
        }
        catch (RecordingWriteException)
        {
            // Died while the ring was full.
        }

        recorder.Seal("over");
        Assert.True(File.Exists(after.Recording), $"It never came to write {fatal}.");
        RecordingSummary summary = Assert.IsType<RecordingSummary>(after.SealBroken());
        byte[] recorded = Encoding.UTF8.GetBytes(after.Text().TrimEnd('\uFFFD'));
        Assert.True(text.AsSpan().StartsWith(recorded));
        Assert.InRange(summary.OutputBytes, takenThen, text.Length);
        Assert.InRange(summary.OutputBytes - recorded.Length, 0, 3);
        Assert.Empty(RecordingCheck.Of(after.Recording, RecordingBench.Session, summary.Head).Problems);
    }

    private static void OutputForever(SessionRecorder recorder, byte[] block)
    {
        while (true) recorder.Output(block);
    }

    private static RecordingFile OnFullDisk(string path)
    {
        File.CreateSymbolicLink(path, "/dev/full");
        return RecordingFile.OpenOrCreate(path);
    }

    // Its lock is advisory, so cp may read what .NET would not open.
    private static void CopyHeld(string from, string to)
    {
        using Process copy = Process.Start("cp", [from, to]);
        copy.WaitForExit();
        Assert.Equal(0, copy.ExitCode);
    }
}
