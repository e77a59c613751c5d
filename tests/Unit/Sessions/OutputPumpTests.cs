using System.Text;
using Bastion.Sessions.Ssh;

namespace Bastion.Unit.Sessions;

public sealed class OutputPumpTests : IDisposable
{
    private readonly TestTerminal _terminal = new();
    private readonly MemoryRecorder _recorder = new();
    private readonly OutputPump _pump;

    public OutputPumpTests() => _pump = new OutputPump(_terminal, _recorder, _ => { });

    [Fact]
    public void Output_that_nothing_follows_is_shown_at_once()
    {
        _pump.OnOutput("$ "u8, moreAtOnce: false);
        Assert.Equal("$ ", _terminal.Shown);
    }

    [Fact]
    public void Output_is_shown_with_what_follows_it_at_once_and_in_order()
    {
        _pump.OnOutput("one "u8, moreAtOnce: true);
        _pump.OnOutput("two "u8, moreAtOnce: true);
        _pump.OnOutput("three"u8, moreAtOnce: false);
        Assert.Equal("one two three", _terminal.Shown);
    }

    [Fact]
    public async Task Output_is_shown_soon_though_what_was_to_follow_did_not_come()
    {
        _pump.OnOutput("half a line"u8, moreAtOnce: true);
        await _terminal.SeeAsync("half a line");
        _pump.OnOutput(" and the rest"u8, moreAtOnce: true);
        await _terminal.SeeAsync("half a line and the rest");
    }

    [Fact]
    public void Much_output_is_shown_though_ever_more_follows()
    {
        byte[] piece = Encoding.ASCII.GetBytes(new string('x', 4000));
        for (int i = 0; i < 100; i++) _pump.OnOutput(piece, moreAtOnce: true);
        Assert.InRange(_terminal.Count, 300_000, 400_000);
    }

    public void Dispose()
    {
        _pump.Dispose();
        _terminal.Dispose();
        _recorder.Dispose();
    }
}
