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
        _pump.OnOutput(Piece('1'), moreAtOnce: true);
        _pump.OnOutput("two"u8, moreAtOnce: true);
        Assert.Equal("", _terminal.Shown);
        _pump.OnOutput("three"u8, moreAtOnce: false);
        Assert.Equal(new string('1', 4000) + "twothree", _terminal.Shown);
    }

    [Fact]
    public void A_key_that_comes_back_is_shown_whatever_follows_it()
    {
        _pump.OnOutput("x"u8, moreAtOnce: true);
        Assert.Equal("x", _terminal.Shown);
    }

    [Fact]
    public async Task Output_is_shown_soon_though_what_was_to_follow_did_not_come()
    {
        _pump.OnOutput(Piece('a'), moreAtOnce: true);
        await _terminal.SeeAsync(new string('a', 4000));
        _pump.OnOutput(Piece('b'), moreAtOnce: true);
        await _terminal.SeeAsync(new string('b', 4000));
    }

    [Fact]
    public void Much_output_is_shown_though_ever_more_follows()
    {
        for (int i = 0; i < 100; i++) _pump.OnOutput(Piece('x'), moreAtOnce: true);
        Assert.InRange(_terminal.Count, 300_000, 400_000);
    }

    private static byte[] Piece(char of) => Encoding.ASCII.GetBytes(new string(of, 4000));

    public void Dispose()
    {
        _pump.Dispose();
        _terminal.Dispose();
        _recorder.Dispose();
    }
}
