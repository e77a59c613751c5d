using Bastion.Prompt;

namespace Bastion.Unit.Console;

/// <summary>What stands on the screen, and where the cursor is.</summary>
public sealed class PainterTests
{
    [Fact]
    public void The_line_stands_behind_the_prompt()
    {
        (VirtualScreen screen, Painter painter) = At("> ", 10, 4);
        Draw(painter, "ab1c", 2);
        Assert.Equal("> ab1c", screen.Text);
        Assert.Equal((4, 0), (screen.X, screen.Y));
        Draw(painter, "a", 1);
        Assert.Equal("> a", screen.Text);
    }

    [Fact]
    public void A_long_line_goes_on_in_the_next_row()
    {
        (VirtualScreen screen, Painter painter) = At("> ", 10, 4);
        Draw(painter, "abcdefghij", 9);
        Assert.Equal("> abcdefgh\nij", screen.Text);
        Assert.Equal((1, 1), (screen.X, screen.Y));
        Draw(painter, "abcdefghij", 0);
        Assert.Equal((2, 0), (screen.X, screen.Y));
    }

    [Fact]
    public void Behind_a_full_row_the_cursor_stands_in_the_next()
    {
        (VirtualScreen screen, Painter painter) = At("> ", 10, 4);
        Draw(painter, "abcdefgh", 8);
        Assert.Equal("> abcdefgh", screen.Text);
        Assert.Equal((0, 1), (screen.X, screen.Y));
        Draw(painter, "abcdefg", 7);
        Assert.Equal((9, 0), (screen.X, screen.Y));
    }

    [Fact]
    public void A_wide_character_does_not_split_at_the_edge()
    {
        (VirtualScreen screen, Painter painter) = At("> ", 9, 4);
        Draw(painter, "日本語字x", 5);
        Assert.Equal("> 日本語\n字x", screen.Text);
        Assert.Equal((3, 1), (screen.X, screen.Y));
        Draw(painter, "日本語字x", 3);
        Assert.Equal((0, 1), (screen.X, screen.Y));
    }

    [Fact]
    public void Marks_take_no_room()
    {
        (VirtualScreen screen, Painter painter) = At("> ", 10, 4);
        Draw(painter, "e\u0301👍🏽x", 6);
        Assert.Equal((5, 0), (screen.X, screen.Y));
    }

    [Fact]
    public void At_the_bottom_the_screen_scrolls()
    {
        (VirtualScreen screen, Painter painter) = At("one\r\ntwo\r\n> ", 10, 3);
        Draw(painter, "abcdefghij", 10);
        Assert.Equal("two\n> abcdefgh\nij", screen.Text);
        Draw(painter, "x", 1);
        Assert.Equal("two\n> x", screen.Text);
    }

    [Fact]
    public void More_rows_than_the_screen_has_show_those_around_the_cursor()
    {
        (VirtualScreen screen, Painter painter) = At("> ", 10, 3);
        const string Text = "1\n2\n3\n4\n5";
        Draw(painter, Text, Text.Length);
        Assert.Equal(">> 3\n>> 4\n>> 5", screen.Text);
        Assert.Equal((4, 2), (screen.X, screen.Y));
        Draw(painter, Text, 2);
        Assert.StartsWith(">> 2", screen.Text.Split('\n')[1], StringComparison.Ordinal);
        Assert.Equal((3, 1), (screen.X, screen.Y));
    }

    [Fact]
    public void A_menu_stands_below_and_goes_without_a_trace()
    {
        (VirtualScreen screen, Painter painter) = At("> ", 30, 5);
        var menu = new CompletionMenu(new Completions(0, 0, [.. "alpha beta gamma".Split(' ').Select(c => new Completion(c, c, $"about {c}"))]));
        painter.Draw("ab", 1, styles: null, menu.Rows(30, 4));
        Assert.Equal("> ab\nalpha  beta   gamma\nabout alpha", screen.Text);
        Assert.Equal((3, 0), (screen.X, screen.Y));
        Draw(painter, "ab", 2);
        Assert.Equal("> ab", screen.Text);
    }

    [Fact]
    public void A_menu_at_the_bottom_makes_itself_room()
    {
        (VirtualScreen screen, Painter painter) = At("1\r\n2\r\n> ", 30, 3);
        painter.Draw("ab", 2, styles: null, ["menu"]);
        Assert.Equal("2\n> ab\nmenu", screen.Text);
        Assert.Equal((4, 1), (screen.X, screen.Y));
    }

    [Fact]
    public void A_long_menu_shows_the_rows_around_the_chosen_one()
    {
        var menu = new CompletionMenu(new Completions(0, 0, [.. Enumerable.Range(10, 40).Select(n => new Completion($"{n}", $"name{n}", ""))]));
        Assert.Equal(3, menu.Rows(8, 5).Count);
        for (int i = 0; i < 12; i++) Assert.True(menu.Obeys("Tab"));
        Assert.Contains(menu.Rows(8, 5), row => row.Contains("\e[7mname22", StringComparison.Ordinal));
    }

    private static (VirtualScreen Screen, Painter Painter) At(string shown, int width, int height)
    {
        var screen = new VirtualScreen(width, height);
        screen.Write(shown);
        var painter = new Painter(screen);
        painter.Begin(screen.X);
        return (screen, painter);
    }

    private static void Draw(Painter painter, string text, int cursor) =>
        painter.Draw(text, cursor, [.. text.Select(c => char.IsDigit(c) ? "\e[36m" : "")], []);
}
