using System.Text;
using Bastion.Audit.Recording;
using Bastion.Audit.Recording.Frames;

namespace Bastion.Unit.Audit;

public sealed class RecordingChainTests : IDisposable
{
    private readonly RecordingBench _bench = new();
    private readonly byte[] _bytes;
    private readonly List<Stretch> _frames;
    private readonly string _head;

    public RecordingChainTests()
    {
        using SessionRecorder recorder = _bench.Start();
        for (int i = 0; i < 80_000; i++) recorder.Output(Encoding.UTF8.GetBytes($"line {i} of {i * 7919 % 100_003}\r\n"));
        _head = recorder.Seal("done").Head;
        _bytes = File.ReadAllBytes(_bench.Recording);
        _frames = Frames();
        // Header, several frames of events, seal
        Assert.InRange(_frames.Count, 4, 20);
    }

    [Fact]
    public void A_recording_that_nobody_touched_is_intact() => Assert.Empty(Check().Problems);

    [Fact]
    public void A_flipped_bit_is_found_wherever_it_is()
    {
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            int at = random.Next(4) == 0 ? NearALink(random) : random.Next(_bytes.Length);
            RecordingCheck check = CheckWith(bytes => bytes[at] ^= (byte)(1 << random.Next(8)));
            long frame = _frames.FindIndex(f => at < f.Offset + f.Length + FrameLink.Bytes);
            Assert.False(check.IsIntact, $"byte {at}");
            // Damage to the last link looks like a file that was cut off, and a link's number like a missing frame.
            Assert.Contains(check.Problems, p => p.Frame == frame || (p.Fault is RecordingFault.Missing or RecordingFault.OutOfOrder && p.Offset == _frames[(int)frame].Offset));
            Assert.InRange(check.Problems.Count, 1, 4);
        }
    }

    [Fact]
    public void A_removed_frame_is_found_and_named()
    {
        for (int k = 1; k < _frames.Count - 1; k++)
        {
            RecordingCheck check = CheckOf([.. _bytes[..Start(k)], .. _bytes[Start(k + 1)..]]);
            RecordingProblem problem = Assert.Single(check.Problems);
            Assert.Equal((RecordingFault.Missing, k + 1, Start(k), $"Frames {k} to {k} are missing."), (problem.Fault, (int)problem.Frame!, (int)problem.Offset, problem.Message));
        }

        Assert.False(CheckOf(_bytes[Start(1)..]).IsIntact);
        Assert.Equal(RecordingFault.Unsealed, CheckOf(_bytes[..Start(_frames.Count - 1)]).Problems[0].Fault);
    }

    [Fact]
    public void Swapped_and_doubled_frames_are_found()
    {
        for (int k = 1; k + 1 < _frames.Count; k++)
        {
            RecordingCheck swapped = CheckOf([.. _bytes[..Start(k)], .. _bytes[Start(k + 1)..Start(k + 2)], .. _bytes[Start(k)..Start(k + 1)], .. _bytes[Start(k + 2)..]]);
            Assert.Contains(swapped.Problems, p => p.Fault == RecordingFault.OutOfOrder && p.Frame == k);
            RecordingCheck doubled = CheckOf([.. _bytes[..Start(k + 1)], .. _bytes[Start(k)..]]);
            Assert.Contains(doubled.Problems, p => p.Fault == RecordingFault.OutOfOrder && p.Frame == k && p.Offset == Start(k + 1));
        }
    }

    [Fact]
    public void A_tail_that_was_cut_off_is_found_wherever_it_was_cut()
    {
        var random = new Random(2);
        foreach (int length in Enumerable.Range(0, 200).Select(_ => random.Next(Start(1), _bytes.Length)).Concat(Enumerable.Range(_bytes.Length - 200, 200)))
        {
            RecordingCheck check = CheckOf(_bytes[..length]);
            Assert.Contains(check.Problems, p => p.Fault == RecordingFault.Unsealed);
            Assert.False(check.Summary.Complete);
            if (_frames.TrueForAll(f => f.Offset != length)) Assert.Contains(check.Problems, p => p.Fault == RecordingFault.Torn || check.Problems.Count == 1);
        }
    }

    [Fact]
    public void Another_header_is_found()
    {
        // With a link that fits it, as who knows the format would make one
        byte[] header = FrameOf(RecordingBench.Header with { Title = "eva → root@web-2" });
        RecordingProblem problem = Assert.Single(CheckOf([.. header, .. _bytes[Start(1)..]]).Problems);
        Assert.Equal((RecordingFault.Changed, 1L), (problem.Fault, problem.Frame));
    }

    [Fact]
    public void The_recording_of_another_session_is_found()
    {
        RecordingCheck check = RecordingCheck.Of(_bench.Recording, "01jd00000000000000000000bb");
        RecordingProblem problem = Assert.Single(check.Problems);
        Assert.Equal((RecordingFault.OtherSession, 0L), (problem.Fault, problem.Frame));
    }

    [Fact]
    public void A_recording_that_was_made_anew_has_another_head()
    {
        using var other = new RecordingBench();
        using (SessionRecorder recorder = other.Start()) recorder.Seal("done");
        RecordingProblem problem = Assert.Single(RecordingCheck.Of(other.Recording, RecordingBench.Session, _head).Problems);
        Assert.Equal(RecordingFault.OtherHead, problem.Fault);
    }

    [Fact]
    public void What_was_added_after_the_seal_is_found()
    {
        Assert.Contains(CheckOf([.. _bytes, 1, 2, 3]).Problems, p => p.Fault == RecordingFault.AfterSeal);
        Assert.Contains(CheckOf([.. _bytes, .. _bytes[Start(1)..Start(2)]]).Problems, p => p.Fault == RecordingFault.AfterSeal);
    }

    [Fact]
    public void What_is_not_damaged_can_still_be_read()
    {
        // The size of a block in the middle: the frame falls apart
        byte[] damaged = [.. _bytes];
        int middle = _frames.Count / 2;
        damaged[Start(middle) + 6] ^= 0xFF;
        damaged[Start(middle) + 7] ^= 0xFF;
        File.WriteAllBytes(_bench.Recording, damaged);
        List<RecordingEvent> events = _bench.Events();
        Assert.Single(events, e => e.Kind == RecordingEventKind.Gap);
        Assert.Contains("line 0 of", events[0].Text);
        Assert.Equal("complete: done", events[^1].Text);
    }

    [Fact]
    public void What_is_no_recording_is_unreadable() => Assert.Equal([RecordingFault.Unreadable, RecordingFault.Unsealed], CheckOf([]).Problems.Select(p => p.Fault));

    public void Dispose() => _bench.Dispose();

    private static byte[] FrameOf(RecordingHeader header)
    {
        using var writer = new FrameWriter(FrameLink.Start(header.SessionId), 0);
        writer.Add(HeaderLine.Write(header), hurry: false);
        writer.End(FrameKind.Header, default);
        return writer.Pending.ToArray();
    }

    private int Start(int frame) => frame == _frames.Count ? _bytes.Length : (int)_frames[frame].Offset;

    private int NearALink(Random random) => Math.Clamp(Start(random.Next(1, _frames.Count + 1)) - random.Next(-20, FrameLink.Bytes + 5), 0, _bytes.Length - 1);

    private RecordingCheck Check() => RecordingCheck.Of(_bench.Recording, RecordingBench.Session, _head);

    private RecordingCheck CheckWith(Action<byte[]> change)
    {
        byte[] bytes = [.. _bytes];
        change(bytes);
        return CheckOf(bytes);
    }

    private RecordingCheck CheckOf(byte[] bytes)
    {
        File.WriteAllBytes(_bench.Recording, bytes);
        return RecordingCheck.Of(_bench.Recording, RecordingBench.Session);
    }

    private List<Stretch> Frames()
    {
        using FileStream file = RecordingReader.OpenFile(_bench.Recording);
        var walk = new FrameWalk(file);
        List<Stretch> frames = [];
        while (walk.Next() is { } stretch) frames.Add(stretch);
        return frames;
    }
}
