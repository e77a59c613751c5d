using Bastion.Console.Prompt;

namespace Bastion.Unit.Console;

public sealed class PastedTextTests
{
    [Fact]
    public void Lines_stay_lines_and_tabs_become_blanks() =>
        Assert.Equal("if (1) {\n    2\n}", Read("200~if (1) {\r\t2\r}\e[201~"));

    [Fact]
    public void Control_characters_are_left_out() => Assert.Equal("rm x[31m", Read("200~rm\a x\e[31m\b\e[201~"));

    [Fact]
    public void What_was_typed_behind_is_not_taken()
    {
        var keys = new Queue<ConsoleKeyInfo>(Keys("200~a\e[201~b"));
        Assert.Equal("a", PastedText.Read(keys.Dequeue));
        Assert.Equal('b', Assert.Single(keys).KeyChar);
    }

    [Theory]
    [InlineData("31;5~x")]
    [InlineData("Ix")]
    public void Another_sequence_is_swallowed_whole(string sequence)
    {
        var keys = new Queue<ConsoleKeyInfo>(Keys(sequence));
        Assert.Equal("", PastedText.Read(keys.Dequeue));
        Assert.Equal('x', Assert.Single(keys).KeyChar);
    }

    private static string Read(string typed) => PastedText.Read(new Queue<ConsoleKeyInfo>(Keys(typed)).Dequeue);

    // As .NET gives them
    private static IEnumerable<ConsoleKeyInfo> Keys(string typed) =>
        typed.Select(c => new ConsoleKeyInfo(c, c == '\r' ? ConsoleKey.Enter : ConsoleKey.None, shift: false, alt: false, control: false));
}
