using System.Text;
using Bastion.Audit.Recording;

namespace Bastion.Unit.Audit;

public class RecordingLoadTests
{
    [Fact]
    public void Two_hundred_megabytes_on_a_slow_disk_take_bounded_memory_and_lose_nothing()
    {
        using var bench = new RecordingBench();
        string said = RecordingChild.Run("slow", bench);
        Assert.Matches("^most [0-9]+ MB$", said);
        // .NET itself takes some 60 of it
        Assert.InRange(int.Parse(said.Split(' ')[1]), 1, 150);
        Assert.Empty(bench.Check().Problems);
        long at = 0;
        string expected = Encoding.UTF8.GetString(RecordingChild.Block());
        foreach (RecordingEvent e in RecordingReader.Open(bench.Recording).Events().Where(e => e.Kind == RecordingEventKind.Output))
        {
            for (int i = 0; i < e.Text.Length;)
            {
                int within = (int)(at % expected.Length), length = Math.Min(expected.Length - within, e.Text.Length - i);
                Assert.True(expected.AsSpan(within, length).SequenceEqual(e.Text.AsSpan(i, length)));
                i += length;
                at += length;
            }
        }

        Assert.Equal(200_000_000 / expected.Length * (long)expected.Length, at);
    }

    [Fact]
    public void Recording_a_key_allocates_nothing()
    {
        using var bench = new RecordingBench();
        using SessionRecorder recorder = bench.Start();
        recorder.Output("x"u8);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            recorder.Input("x"u8);
            recorder.Output("x"u8);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task Threads_that_record_at_once_keep_each_its_order()
    {
        using var bench = new RecordingBench();
        string output = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"o{i} €\r\n")), input = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"i{i} é\r"));
        using (SessionRecorder recorder = bench.Start())
        {
            await Task.WhenAll(
                Task.Run(() => InPieces(output, 1, piece => recorder.Output(piece)), recorder.Failed),
                Task.Run(() => InPieces(input, 2, piece => recorder.Input(piece)), recorder.Failed),
                Task.Run(() => Enumerable.Range(1, 500).ToList().ForEach(i => recorder.Resize(i, 24)), recorder.Failed),
                Task.Run(() => Enumerable.Range(1, 500).ToList().ForEach(i => recorder.Marker($"command {i}")), recorder.Failed));
            recorder.Seal("done");
        }

        List<RecordingEvent> events = bench.Events();
        Assert.Equal(output, bench.Text());
        Assert.Equal(input, bench.Text(RecordingEventKind.Input));
        Assert.Equal(Enumerable.Range(1, 500), events.Where(e => e.Kind == RecordingEventKind.Resize).Select(e => e.Size!.Value.Columns));
        Assert.Equal(Enumerable.Range(1, 500).Select(i => $"command {i}"), events.Where(e => e.Kind == RecordingEventKind.Marker).Select(e => e.Text));
        Assert.Equal(events.Select(e => e.Time).Order(), events.Select(e => e.Time));
    }

    private static void InPieces(string text, int seed, Action<byte[]> record)
    {
        var random = new Random(seed);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int at = 0; at < bytes.Length;)
        {
            int length = Math.Min(random.Next(1, 50), bytes.Length - at);
            record(bytes[at..(at + length)]);
            at += length;
        }
    }
}
