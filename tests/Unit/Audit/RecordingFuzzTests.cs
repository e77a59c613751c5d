using System.Text;
using Bastion.Audit.Recording;
using Bastion.Audit.Replay;

namespace Bastion.Unit.Audit;

/// <summary>Files that are damaged in any way must not bring down who reads or seals them.</summary>
public sealed class RecordingFuzzTests : IDisposable
{
    private readonly RecordingBench _bench = new();

    [Fact]
    public void Any_damage_to_a_recording_is_read_over_and_reported()
    {
        using (SessionRecorder recorder = _bench.Start())
        {
            for (int i = 0; i < 10_000; i++) recorder.Output(Encoding.UTF8.GetBytes($"line {i} of {i * 7919 % 100_003}\r\n"));
            recorder.Seal("done");
        }

        byte[] whole = File.ReadAllBytes(_bench.Recording);
        for (int seed = 0; seed < 60; seed++)
        {
            File.WriteAllBytes(_bench.Recording, Damage(whole, new Random(seed)));
            Assert.False(_bench.Check().IsIntact);
            try
            {
                Assert.InRange(_bench.Events().Count, 0, 100_000);
                Assert.All(ReplayText.Lines(_bench.Recording), line => Assert.DoesNotContain(line, char.IsControl));
            }
            catch (RecordingDamagedException)
            {
                // Nothing of it is left.
            }
        }
    }

    [Fact]
    public void Any_damage_to_what_a_dead_process_left_is_sealed_over()
    {
        using (var child = new RecordingChild("record", _bench, 1))
        {
            child.WaitFor(3_000_000);
            child.Kill();
        }

        byte[] recording = File.ReadAllBytes(_bench.Recording), journal = File.ReadAllBytes(_bench.Journal);
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            File.Delete(_bench.Recording + ".damaged");
            File.WriteAllBytes(_bench.Recording, random.Next(3) > 0 ? Damage(recording, random) : recording);
            File.WriteAllBytes(_bench.Journal, random.Next(3) > 0 ? DamageJournal(journal, random) : journal);
            RecordingSummary summary = Assert.IsType<RecordingSummary>(_bench.SealBroken());
            Assert.False(summary.Complete);
            RecordingCheck check = _bench.Check();
            Assert.True(check.IsSealed, $"seed {seed}");
            Assert.Equal(summary.Head, check.Summary.Head);
            RecordingEvent last = _bench.Events()[^1];
            Assert.True(last.Text.StartsWith("broken: ", StringComparison.Ordinal), $"seed {seed}: {last}");
            Assert.False(File.Exists(_bench.Journal));
        }
    }

    public void Dispose() => _bench.Dispose();

    private static byte[] Damage(byte[] whole, Random random)
    {
        byte[] bytes = [.. whole];
        int at = random.Next(10) == 0 ? random.Next(400) : random.Next(bytes.Length), length = Math.Min(random.Next(1, 2000), bytes.Length - at);
        switch (random.Next(5))
        {
            case 0:
                random.NextBytes(bytes.AsSpan(at, length));
                return bytes;
            case 1:
                bytes.AsSpan(at, length).Clear();
                bytes[at] ^= 0x55;
                return bytes;
            case 2:
                return bytes[..at];
            case 3:
                return [.. bytes[..at], .. bytes[(at + length)..], 0];
            default:
                bytes[at] ^= (byte)random.Next(1, 256);
                return bytes;
        }
    }

    // Most often its first page, where it hurts
    private static byte[] DamageJournal(byte[] whole, Random random)
    {
        byte[] bytes = [.. whole];
        for (int i = random.Next(1, 50); i > 0; i--) bytes[random.Next(3) > 0 ? random.Next(512) : random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
        return bytes;
    }
}
