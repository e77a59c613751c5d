using System.Text;
using Bastion.Sessions.Terminals;

namespace Bastion.Unit.Sessions;

public class PlainTextTests
{
    [Theory]
    [InlineData("\u001b[1;31mred\u001b[0m\r\n", "red\n")]
    [InlineData("\u001b]0;title\atext", "text")]
    [InlineData("\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001b(Bline\u001b=\u001b>", "line")]
    [InlineData("10%\r20%\r\n", "10%\n20%\n")]
    [InlineData("a\tb\u0007\b", "a\tb")]
    [InlineData("x\u0001\u202ey\u009b", "x\\u{1}\\u{202E}y\\u{9B}")]
    [InlineData("año 日本 🙂\n", "año 日本 🙂\n")]
    public void What_a_terminal_would_obey_is_left_out_or_shown(string sent, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(sent);
        Assert.Equal(text, new PlainText().Convert(bytes));
        var cut = new PlainText();
        Assert.Equal(text, string.Concat(bytes.Select(b => cut.Convert([b]))));
    }

    [Fact]
    public void The_open_line_is_what_stands_after_the_last_end()
    {
        var text = new PlainText();
        text.Convert("one\r\n\u001b[1mroot\u001b[0m$ "u8);
        Assert.Equal("root$ ", text.OpenLine);
        text.Convert("\r\n"u8);
        Assert.Equal("", text.OpenLine);
    }
}
