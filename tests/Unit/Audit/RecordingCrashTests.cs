using System.Text;
using Bastion.Audit.Recording;

namespace Bastion.Unit.Audit;

public class RecordingCrashTests
{
    public static TheoryData<int> Kills => [.. Enumerable.Range(1, 20)];

    public static TheoryData<int> SealerKills => [.. Enumerable.Range(1, 6)];

    [Theory]
    [MemberData(nameof(Kills))]
    public void What_was_taken_survives_the_death_of_the_process(int seed)
    {
        using var bench = new RecordingBench();
        long taken = RecordAndKill(bench, seed);
        RecordingSummary summary = Assert.IsType<RecordingSummary>(bench.SealBroken());
        AssertHolds(bench, seed, taken, summary);
        Assert.Equal(summary, bench.SealBroken());
        Assert.False(File.Exists(bench.Journal));
    }

    [Theory]
    [MemberData(nameof(SealerKills))]
    public void It_survives_the_death_of_the_one_who_seals_too(int seed)
    {
        using var bench = new RecordingBench();
        var random = new Random(seed);
        long taken = RecordAndKill(bench, seed);
        for (int i = 0; i < 2; i++)
        {
            using var sealer = new RecordingChild("seal", bench);
            sealer.WaitFor(1);
            Thread.SpinWait(random.Next(1_000_000));
            sealer.Kill();
        }

        AssertHolds(bench, seed, taken, Assert.IsType<RecordingSummary>(bench.SealBroken()));
    }

    [Fact]
    public void Nobody_seals_what_another_process_still_records()
    {
        using var bench = new RecordingBench();
        using var child = new RecordingChild("record", bench, 1);
        child.WaitFor(100_000);
        Assert.Null(bench.SealBroken());
        Assert.True(File.Exists(bench.Journal));
        child.WaitFor(child.Progress + 100_000);
        child.Kill();
        Assert.NotNull(bench.SealBroken());
    }

    [Fact]
    public void Nobody_seals_what_this_process_still_records()
    {
        using var bench = new RecordingBench();
        using SessionRecorder recorder = bench.Start();
        recorder.Output("a"u8);
        Assert.Null(bench.SealBroken());
        recorder.Output("b"u8);
        RecordingSummary summary = recorder.Seal("done");
        Assert.Equal(summary, bench.SealBroken());
        Assert.Equal("ab", bench.Text());
    }

    [Fact]
    public async Task Several_may_seal_at_once()
    {
        using var bench = new RecordingBench();
        long taken = RecordAndKill(bench, 3);
        RecordingSummary?[] sealedBy = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(bench.SealBroken)));
        RecordingSummary summary = Assert.Single(sealedBy.OfType<RecordingSummary>().Distinct());
        AssertHolds(bench, 3, taken, summary);
    }

    private static long RecordAndKill(RecordingBench bench, int seed)
    {
        var random = new Random(seed);
        using var child = new RecordingChild("record", bench, seed);
        // From the very first bytes to several rounds of the ring
        child.WaitFor(RecordingChild.IsSlow(seed) ? random.Next(1, 40_000) : random.Next(4) switch { 0 => 1, 1 => random.Next(5_000), 2 => random.Next(500_000), _ => random.Next(40_000_000) });
        child.Kill();
        return child.Progress - 1;
    }

    private static void AssertHolds(RecordingBench bench, int seed, long taken, RecordingSummary summary)
    {
        Assert.False(summary.Complete);
        Assert.InRange(summary.OutputBytes, taken, taken + 1000);
        RecordingCheck check = RecordingCheck.Of(bench.Recording, RecordingBench.Session, summary.Head);
        Assert.Empty(check.Problems);
        Assert.Equal(summary, check.Summary);

        // Byte by byte what the other process recorded; the last character may have been cut through
        byte[] recorded = Encoding.UTF8.GetBytes(bench.Text().TrimEnd('\uFFFD'));
        Assert.InRange(recorded.Length, taken - 3, taken + 1000);
        int at = 0;
        foreach (byte[] line in RecordingChild.Output(seed))
        {
            int length = Math.Min(line.Length, recorded.Length - at);
            Assert.True(line.AsSpan(0, length).SequenceEqual(recorded.AsSpan(at, length)), $"The recording differs after {at} bytes.");
            at += length;
            if (at == recorded.Length) break;
        }

        Assert.StartsWith("broken: The process that held the session died.", bench.Events()[^1].Text);
    }
}
