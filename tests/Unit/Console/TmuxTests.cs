namespace Bastion.Unit.Console;

/// <summary>The terminal that the other tests look at can be trusted.</summary>
public sealed class TmuxTests
{
    [Fact]
    public async Task Keys_go_in_and_the_screen_comes_out()
    {
        await using Tmux tmux = await Tmux.StartAsync(["cat"], columns: 30, rows: 5);
        await tmux.EnterAsync("one 'two' $three; -l");
        await tmux.SeesAsync(screen => screen.StartsWith("one 'two' $three; -l\none 'two' $three; -l\n", StringComparison.Ordinal), "the line twice");
        Assert.Equal((0, 2), await tmux.CursorAsync());
    }

    [Fact]
    public async Task The_exit_code_of_the_program_is_known()
    {
        await using Tmux tmux = await Tmux.StartAsync(["sh", "-c", "exit $CODE"], environment: [("CODE", "7")]);
        Assert.Equal(7, await tmux.ExitCodeAsync());
    }

    [Fact]
    public async Task The_program_learns_of_another_size()
    {
        await using Tmux tmux = await Tmux.StartAsync(["sh", "-c", "trap 'stty size' WINCH; stty size; while true; do sleep 0.05; done"], columns: 40, rows: 10);
        await tmux.SeesLineAsync("10 40");
        await tmux.ResizeAsync(60, 12);
        await tmux.SeesLineAsync("12 60");
    }
}
