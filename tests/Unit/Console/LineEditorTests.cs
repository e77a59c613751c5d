namespace Bastion.Unit.Console;

/// <summary>Keys in, line out.</summary>
public sealed class LineEditorTests
{
    [Theory]
    [InlineData("abc", "abc{Enter}")]
    [InlineData("xabc", "abc{Home}x{Enter}")]
    [InlineData("xabcy", "abc{Ctrl+A}x{Ctrl+E}y{Enter}")]
    [InlineData("axbc", "abc{Left}{Ctrl+B}x{Enter}")]
    [InlineData("abxc", "abc{Home}{Right}{Ctrl+F}x{Enter}")]
    [InlineData("one xtwo-three", "one two-three{Ctrl+Left}{Alt+B}x{Enter}")]
    [InlineData("onex two", "one two{Home}{Alt+F}x{Enter}")]
    [InlineData("one twox three", "one two three{Home}{Ctrl+Right}{Alt+Right}x{Enter}")]
    [InlineData("ac", "abc{Left}{Backspace}{Enter}")]
    [InlineData("ab", "abc{Left}{Delete}{Enter}")]
    [InlineData("ab", "abc{Left}{Ctrl+D}{Enter}")]
    [InlineData("ab", "abcd{Left}{Left}{Ctrl+K}{Enter}")]
    [InlineData("cd", "abcd{Left}{Left}{Ctrl+U}{Enter}")]
    [InlineData("one x", "one two/three{Ctrl+W}x{Enter}")]
    [InlineData("one two/x", "one two/three{Alt+Backspace}x{Enter}")]
    [InlineData("one  three", "one two three{Home}{Alt+F}{Right}{Alt+D}{Enter}")]
    [InlineData("two one ", "one two{Ctrl+W}{Home}{Ctrl+Y} {Enter}")]
    [InlineData("one two!", "one two{Ctrl+W}{Ctrl+W}{Ctrl+Y}!{Enter}")]
    [InlineData("ab", "abc{Ctrl+Z}{Enter}")]
    [InlineData("abc", "abc{Ctrl+U}{Ctrl+_}{Enter}")]
    [InlineData("日語", "日本語{Left}{Backspace}{Enter}")]
    [InlineData("a", "a👍🏽{Backspace}{Enter}")]
    [InlineData("xe\u0301", "e\u0301{Left}x{Enter}")]
    [InlineData("exit", "{Ctrl+D}")]
    [InlineData("", "abc{Ctrl+C}")]
    public void Keys_edit_the_line(string line, string keys)
    {
        using var typed = new Typed();
        Assert.Equal(line, typed.Line(keys));
    }

    [Theory]
    [InlineData("xabc", "abc\e[1~x{Enter}")]
    [InlineData("xabc", "abc\eOHx{Enter}")]
    [InlineData("one xtwo", "one two\e[1;5Dx{Enter}")]
    [InlineData("one xtwo", "one two\ebx{Enter}")]
    [InlineData("abc", "abc\e[?1;2x{Enter}")]
    public void Sequences_that_come_in_pieces_are_put_together(string line, string keys)
    {
        using var typed = new Typed();
        Assert.Equal(line, typed.Line(keys));
    }

    [Fact]
    public void Enter_goes_on_in_the_next_row_until_all_is_closed()
    {
        using var typed = new Typed();
        Assert.Equal("if {\n a\n}", typed.Line("if {{Enter} a{Enter}}{Enter}"));
        Assert.Equal("if {\n>>  a\n>> }", typed.Screen.Text);
    }

    [Fact]
    public void What_is_typed_before_the_prompt_is_there_belongs_to_the_lines_to_come()
    {
        using var typed = new Typed();
        Assert.Equal("one", typed.Line("one{Enter}two{Home}x"));
        Assert.Equal("xtwo!", typed.Line("{End}!{Enter}"));
    }

    [Fact]
    public void Arrows_move_between_the_rows_of_one_line_before_they_reach_history()
    {
        using var typed = new Typed();
        typed.Line("old{Enter}");
        Assert.Equal("{Xab\nc}", typed.Line("{ab{Enter}c}{Up}{Home}{Right}X{Enter}"));
        Assert.Equal("old", typed.Line("{Up}{Up}{Up}{Up}{Enter}"));
    }

    [Fact]
    public void Pasted_lines_wait_for_Enter_and_lose_what_cannot_be_seen()
    {
        using var typed = new Typed();
        Assert.Equal("one\n    two[31m\nthree!", typed.Line("\e[200~one\r\ttwo\e[31m\a\rthree\e[201~!{Enter}"));
    }

    [Fact]
    public void What_was_typed_comes_back_below_history()
    {
        using var typed = new Typed();
        typed.Line("first{Enter}");
        typed.Line("second{Enter}");
        Assert.Equal("first", typed.Line("{Up}{Up}{Up}{Enter}"));
        Assert.Equal("draft!", typed.Line("draft{Up}{Up}{Down}{Down}{Down}!{Enter}"));
    }

    [Theory]
    [InlineData("get two", "{Ctrl+R}get{Enter}")]
    [InlineData("get one", "{Ctrl+R}get{Ctrl+R}{Enter}")]
    [InlineData("get one", "{Ctrl+R}get{Ctrl+R}{Ctrl+R}{Ctrl+R}{Enter}")]
    [InlineData("get one", "{Ctrl+R}one!{Backspace}{Enter}")]
    [InlineData("get two!", "{Ctrl+R}two{End}!{Enter}")]
    [InlineData("draft!", "draft{Ctrl+R}two{Ctrl+G}!{Enter}")]
    [InlineData("other", "{Ctrl+R}OTH{Enter}")]
    public void Search_finds_the_newest_line_first(string line, string keys)
    {
        using var typed = new Typed();
        foreach (string old in (string[])["get one", "other", "get two"]) typed.Line($"{old}{{Enter}}");
        Assert.Equal(line, typed.Line(keys));
    }
}
