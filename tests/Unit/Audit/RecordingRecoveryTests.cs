using System.Text;
using Bastion.Audit.Recording;
using Bastion.Audit.Replay;
using Microsoft.Extensions.Time.Testing;

namespace Bastion.Unit.Audit;

/// <summary>Sealing what is not all there any more.</summary>
public class RecordingRecoveryTests
{
    [Fact]
    public void A_session_whose_recorder_never_wrote_is_sealed()
    {
        using var bench = new RecordingBench();
        RecordingSummary summary = Assert.IsType<RecordingSummary>(bench.SealBroken());
        Assert.Equal((0L, 0L, false), (summary.OutputBytes, summary.InputBytes, summary.Complete));
        Assert.Equal(summary, bench.SealBroken());
        Assert.Empty(bench.Check().Problems);
        Assert.Empty(ReplayText.Lines(bench.Recording));
        Assert.Throws<IOException>(() => bench.Start());
    }

    [Fact]
    public void A_session_that_is_just_starting_is_left_alone()
    {
        using var bench = new RecordingBench();
        var clock = new FakeTimeProvider(RecordingBench.StartedAt.AddSeconds(3));
        Assert.Null(RecordingRecovery.SealBroken(bench.Folder, RecordingBench.Session, RecordingBench.StartedAt, clock));
        Assert.False(Directory.Exists(bench.Folder.Root));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.NotNull(RecordingRecovery.SealBroken(bench.Folder, RecordingBench.Session, RecordingBench.StartedAt, clock));
    }

    [Fact]
    public void A_seal_that_the_store_did_not_hear_of_is_told_again()
    {
        using var bench = new RecordingBench();
        using SessionRecorder recorder = bench.Start();
        recorder.Output("shown"u8);
        RecordingSummary summary = recorder.Seal("done");
        byte[] bytes = File.ReadAllBytes(bench.Recording);
        Assert.Equal(summary, bench.SealBroken());
        Assert.Equal(bytes, File.ReadAllBytes(bench.Recording));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(4096)]
    [InlineData(-1)]
    public void Without_a_usable_journal_what_was_written_is_sealed(int journalBytes)
    {
        using var bench = new RecordingBench();
        long taken = Leave(bench);
        if (journalBytes < 0) File.Delete(bench.Journal);
        else File.WriteAllBytes(bench.Journal, new byte[journalBytes]);
        RecordingSummary summary = Assert.IsType<RecordingSummary>(bench.SealBroken());
        Assert.InRange(summary.OutputBytes, 1, taken);
        Assert.Equal(summary.OutputBytes, Encoding.UTF8.GetByteCount(bench.Text()));
        Assert.Empty(RecordingCheck.Of(bench.Recording, RecordingBench.Session, summary.Head).Problems);
        Assert.Contains("its journal is missing", bench.Events()[^1].Text);
    }

    [Fact]
    public void Without_the_recording_what_the_journal_holds_is_sealed()
    {
        using var bench = new RecordingBench();
        Leave(bench);
        File.Delete(bench.Recording);
        RecordingSummary summary = Assert.IsType<RecordingSummary>(bench.SealBroken());
        Assert.False(summary.Complete);
        Assert.Equal(RecordingBench.Session, RecordingReader.Open(bench.Recording).Header.SessionId);
        Assert.Empty(bench.Check().Problems);
    }

    [Fact]
    public void A_recording_of_which_nothing_can_be_read_is_set_aside()
    {
        using var bench = new RecordingBench();
        Leave(bench);
        byte[] garbage = [.. Enumerable.Repeat((byte)0x5A, 1_000_000)];
        File.WriteAllBytes(bench.Recording, garbage);
        Assert.NotNull(bench.SealBroken());
        Assert.Empty(bench.Check().Problems);
        Assert.Equal(garbage, File.ReadAllBytes(bench.Recording + ".damaged"));
    }

    [Fact]
    public void Damage_in_the_middle_stays_visible_and_the_rest_is_kept()
    {
        using var bench = new RecordingBench();
        Leave(bench, bytes: 6_000_000);
        byte[] bytes = File.ReadAllBytes(bench.Recording);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(bench.Recording, bytes);
        RecordingSummary summary = Assert.IsType<RecordingSummary>(bench.SealBroken());
        RecordingCheck check = RecordingCheck.Of(bench.Recording, RecordingBench.Session, summary.Head);
        Assert.Contains(check.Problems, p => p.Fault is RecordingFault.Changed or RecordingFault.Damaged);
        Assert.True(check.IsSealed);
        Assert.InRange(new FileInfo(bench.Recording).Length, bytes.Length, long.MaxValue);
    }

    [Fact]
    public void Pages_that_did_not_reach_the_disk_before_the_machine_went_down_are_not_believed()
    {
        using var bench = new RecordingBench();
        Leave(bench);
        byte[] recording = File.ReadAllBytes(bench.Recording), journal = File.ReadAllBytes(bench.Journal);
        // The file's end is zeros, and so is a page of the ring
        File.WriteAllBytes(bench.Recording, [.. recording[..^50], .. new byte[50]]);
        journal.AsSpan(4096, 4096).Clear();
        File.WriteAllBytes(bench.Journal, journal);
        RecordingSummary summary = Assert.IsType<RecordingSummary>(bench.SealBroken());
        Assert.Empty(RecordingCheck.Of(bench.Recording, RecordingBench.Session, summary.Head).Problems);
        Assert.DoesNotContain('\0', bench.Text());
    }

    // Some of it is in the recording, the rest in the journal.
    private static long Leave(RecordingBench bench, int bytes = 300_000)
    {
        using var child = new RecordingChild("record", bench, 1);
        child.WaitFor(bytes);
        Assert.True(SpinWait.SpinUntil(() => bench.Events().Exists(e => e.Kind == RecordingEventKind.Output), TimeSpan.FromSeconds(30)));
        child.Kill();
        return child.Progress - 1;
    }
}
