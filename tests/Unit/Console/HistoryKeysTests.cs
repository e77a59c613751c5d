namespace Bastion.Unit.Console;

/// <summary>The history at the prompt of a real terminal, and what of it reaches the disk.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class HistoryKeysTests
{
    [Fact]
    public async Task Lines_come_back_by_arrow_and_by_search()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.SayAsync("'first' + 1");
        await tmux.SayAsync("'second' + 2");
        await tmux.SeesLineAsync("second2");
        await tmux.ReadyAsync();
        await tmux.PressAsync("Up", "Up");
        await tmux.SeesAsync(screen => Count(screen, $"{Bastions.Prompt} 'first' + 1") == 2, "the first line again");
        await tmux.PressAsync("Down");
        await tmux.SeesAsync(screen => Count(screen, $"{Bastions.Prompt} 'second' + 2") == 2, "the second line again");
        await tmux.PressAsync("C-c");
        await tmux.ReadyAsync();
        await tmux.PressAsync("C-r");
        await tmux.TypeAsync("fir");
        await tmux.SeesAsync("bck-i-search: fir");
        await tmux.PressAsync("Enter");
        await tmux.SeesAsync(screen => Count(screen, "first1") == 2, "the first line's result again");
    }

    [Fact]
    public async Task The_next_session_remembers_but_not_secrets()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.SayAsync("'everyday'");
        await tmux.SayAsync("$null = 'hunter2' | ConvertTo-SecureString -AsPlainText");
        await tmux.SayAsync(" 'blank in front'");
        await tmux.SayAsync("'last'");
        await tmux.SeesLineAsync("last");
        string file = Path.Combine(tmux.Folder, "data", "bastion-console", "history.txt");
        Assert.Equal("'everyday'\n'last'\n", await File.ReadAllTextAsync(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        string[] again = Bastions.Command();
        await tmux.SayAsync($"& '{again[0]}' '{again[1]}' -NoModule");
        await tmux.SeesAsync(screen => Count(screen, Bastions.Prompt) == 6, "the second prompt");
        await tmux.ReadsKeysAsync();
        await tmux.PressAsync("Up", "Up", "Up", "Enter");
        await tmux.SeesAsync(screen => Count(screen, "\neveryday\n") == 2, "the line from before");
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
