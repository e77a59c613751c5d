using System.Text;
using Bastion.Sessions.Ssh;

namespace Bastion.Unit.Sessions;

public class EscapeKeysTests
{
    [Theory]
    [InlineData("ls\r~.", "ls\r", true)]
    [InlineData("~.", "", true)]
    [InlineData("a~.\r", "a~.\r", false)]
    [InlineData("~~.\r", "~.\r", false)]
    [InlineData("~/bin\r", "~/bin\r", false)]
    [InlineData("~\r~.", "~\r", true)]
    [InlineData("x\n~.", "x\n", true)]
    public void Only_a_tilde_at_the_start_of_a_line_speaks_to_the_bastion(string typed, string sent, bool disconnects)
    {
        Assert.Equal((sent, disconnects), Type(new EscapeKeys(), typed));
        // Key by key as a person types
        var keys = new EscapeKeys();
        (string Sent, bool Disconnects)[] each = [.. typed.Select(c => Type(keys, c.ToString()))];
        Assert.Equal((sent, disconnects), (string.Concat(each.Select(e => e.Sent)), each.Any(e => e.Disconnects)));
    }

    [Fact]
    public void Help_is_not_sent_and_the_line_goes_on_to_be_at_its_start()
    {
        var keys = new EscapeKeys();
        byte[] passed = new byte[10];
        Assert.Equal(EscapeKeys.Wish.Help, keys.Read("~?~."u8, passed, out int count, out int used));
        Assert.Equal((0, 2), (count, used));
        Assert.Equal(EscapeKeys.Wish.Disconnect, keys.Read("~."u8, passed, out count, out _));
        Assert.Equal(0, count);
    }

    private static (string, bool) Type(EscapeKeys keys, string typed)
    {
        byte[] passed = new byte[typed.Length + 1];
        EscapeKeys.Wish wish = keys.Read(Encoding.ASCII.GetBytes(typed), passed, out int count, out _);
        return (Encoding.ASCII.GetString(passed, 0, count), wish == EscapeKeys.Wish.Disconnect);
    }
}
