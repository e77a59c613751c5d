namespace Bastion.Unit.Console;

/// <summary>The prompt in a real terminal.</summary>
public sealed class PromptTests
{
    [Fact]
    public async Task Keys_of_bash_and_of_Windows_edit_the_line()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.TypeAsync("'two' , 'three'");
        await tmux.PressAsync("C-a");
        await tmux.TypeAsync("'one', ");
        await tmux.PressAsync("End", "C-Left", "M-b", "Home", "C-k");
        await tmux.SeesLineAsync(Bastions.Prompt);
        await tmux.PressAsync("C-y", "BSpace");
        await tmux.TypeAsync("' -join '+'");
        await tmux.SeesLineAsync($"{Bastions.Prompt} 'one', 'two' , 'three' -join '+'");
        await tmux.PressAsync("Enter");
        await tmux.SeesLineAsync("one+two+three");
    }

    [Fact]
    public async Task Words_are_killed_before_and_behind_the_cursor()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.TypeAsync("echo aa bb cc");
        await tmux.PressAsync("C-Left", "C-Left", "M-d", "C-e", "C-w");
        await tmux.TypeAsync("dd");
        await tmux.SeesLineAsync($"{Bastions.Prompt} echo aa  dd");
        await tmux.PressAsync("C-u");
        await tmux.SeesLineAsync(Bastions.Prompt);
    }

    [Fact]
    public async Task Wide_and_joined_characters_are_moved_over_and_deleted_whole()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.TypeAsync("'日本👍x語'.Length");
        await tmux.PressAsync("Home", "Right", "Right", "Right", "Right", "BSpace");
        await tmux.SeesLineAsync($"{Bastions.Prompt} '日本x語'.Length");
        Assert.Equal((Bastions.Prompt.Length + 1 + "'".Length + (2 * 2), 0), await tmux.CursorAsync());
        await tmux.PressAsync("Left", "Delete", "Enter");
        await tmux.SeesAsync($"{Bastions.Prompt} '日x語'.Length\n3\n");
    }

    [Fact]
    public async Task Tab_completes_and_shows_a_menu_when_there_are_several()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.TypeAsync("Get-ChildI");
        await tmux.PressAsync("Tab");
        await tmux.SeesLineAsync($"{Bastions.Prompt} Get-ChildItem");
        await tmux.TypeAsync(" -Dir");
        await tmux.PressAsync("Tab");
        await tmux.SeesLineAsync($"{Bastions.Prompt} Get-ChildItem -Directory");
        await tmux.PressAsync("C-u");
        await tmux.TypeAsync("ConvertTo-");
        await tmux.PressAsync("Tab");
        string menu = await tmux.SeesAsync("ConvertTo-Xml");
        Assert.Contains("ConvertTo-Csv", menu, StringComparison.Ordinal);
        await tmux.SeesLineAsync($"{Bastions.Prompt} ConvertTo-CliXml");
        await tmux.PressAsync("Tab");
        await tmux.SeesLineAsync($"{Bastions.Prompt} ConvertTo-Csv");
        await tmux.PressAsync("BTab");
        await tmux.SeesLineAsync($"{Bastions.Prompt} ConvertTo-CliXml");
        await tmux.PressAsync("C-g");
        await tmux.SeesAsync(screen => !screen.Contains("ConvertTo-Xml", StringComparison.Ordinal), "the menu gone");
    }

    [Fact]
    public async Task An_unfinished_command_goes_on_in_the_next_line()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.SayAsync("if ($true) {");
        await tmux.SeesLineAsync(">>");
        await tmux.EnterAsync("'inside'");
        await tmux.EnterAsync("}");
        await tmux.SeesLineAsync("inside");
    }

    [Fact]
    public async Task Pasted_lines_wait_for_Enter()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.PasteAsync("'first' + 1\n'second' + 2\n");
        await tmux.SeesAsync(">> 'second' + 2");
        await tmux.TypeAsync("'third' + 3");
        string before = await tmux.SeesAsync("'third' + 3");
        Assert.DoesNotContain("first1", before, StringComparison.Ordinal);
        await tmux.PressAsync("Enter");
        await tmux.SeesAsync("first1\nsecond2\nthird3\n");
    }

    [Fact]
    public async Task A_line_that_is_too_long_wraps_and_follows_the_terminals_size()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync(columns: 40);
        await tmux.TypeAsync($"'{new string('x', 50)}'.Length");
        await tmux.SeesLineAsync(new string('x', 50 - (40 - Bastions.Prompt.Length - 2)) + "'.Length");
        await tmux.ResizeAsync(100, 24);
        await tmux.SeesLineAsync($"{Bastions.Prompt} '{new string('x', 50)}'.Length");
        await tmux.PressAsync("Home");
        await tmux.TypeAsync("2*");
        await tmux.PressAsync("End", "Enter");
        await tmux.SeesLineAsync("100");
        await tmux.SayAsync("$Host.UI.RawUI.WindowSize.Width");
        await tmux.SeesAsync(screen => screen.Contains("Width\n100\n", StringComparison.Ordinal), "the new width");
    }

    [Fact]
    public async Task Success_and_exit_code_of_the_last_command_are_kept_from_line_to_line()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.SayAsync("sh -c 'exit 3'");
        await tmux.SayAsync("\"$? $LASTEXITCODE\"");
        await tmux.SeesLineAsync("False 3");
        await tmux.SayAsync("\"$? $LASTEXITCODE\"");
        await tmux.SeesLineAsync("True 3");
    }

    [Fact]
    public async Task A_prompt_function_of_ones_own_is_used()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync();
        await tmux.SayAsync("function prompt { 'mine: ' }");
        await tmux.SeesLineAsync("mine:");
        await tmux.ReadsKeysAsync();
        await tmux.EnterAsync("cd /tmp; Remove-Item Function:prompt");
        await tmux.SeesLineAsync("PS>");
    }

    [Fact]
    public async Task Control_D_on_an_empty_line_ends_and_exit_gives_its_code()
    {
        await using Tmux first = await Bastions.AtPromptAsync();
        await first.PressAsync("C-d");
        Assert.Equal(0, await first.ExitCodeAsync());
        await using Tmux second = await Bastions.AtPromptAsync();
        await second.SayAsync("function Leave { exit 7 }; Leave");
        Assert.Equal(7, await second.ExitCodeAsync());
    }

    [Fact]
    public async Task Nothing_is_coloured_when_NO_COLOR_is_set()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync(environment: ("NO_COLOR", "1"));
        await tmux.SayAsync("Get-Item \"/no$HOME\" # \"not\" there");
        await tmux.SeesAsync("Cannot find path");
        await tmux.TypeAsync("\"text\" | % { $_ -eq 1 }");
        await tmux.SeesAsync("-eq 1 }");
        Assert.DoesNotMatch("\e\\[[0-9;]*[1-9][0-9;]*m", await tmux.ScreenAsync(isStyled: true));
    }

    [Fact]
    public async Task A_terminal_that_cannot_move_its_cursor_gets_plain_lines()
    {
        await using Tmux tmux = await Bastions.AtPromptAsync(environment: ("TERM", "dumb"));
        await tmux.SayAsync("'a' + 'b'");
        await tmux.SeesAsync($"{Bastions.Prompt} 'a' + 'b'\nab\n{Bastions.Prompt}");
    }
}
