namespace Bastion.Unit.Console;

public sealed class CompletionTests
{
    private static readonly string[] Commands = ["Get-Asset", "Get-AssetAccount", "Get-User", "Set-User"];

    [Theory]
    [InlineData("Set-User", "set{Tab}{Enter}")]
    [InlineData("x | Set-User -Name", "x | s{Tab} -Name{Enter}")]
    [InlineData("Get-", "g{Tab}{Enter}")] // what all have in common first
    [InlineData("Get-Asset", "g{Tab}{Tab}{Enter}{Enter}")] // Enter leaves the menu, and then runs
    [InlineData("Get-AssetAccount", "g{Tab}{Tab}{Tab}{Enter}{Enter}")]
    [InlineData("Get-User", "g{Tab}{Tab}{Shift+Tab}{Enter}{Enter}")]
    [InlineData("Get-Asset", "g{Tab}{Tab}{Tab}{Tab}{Tab}{Enter}{Enter}")] // round and round
    [InlineData("Get-Asset -x", "g{Ctrl+Space} -x{Enter}")] // typing goes on behind the choice
    [InlineData("Get-User", "g{Ctrl+Space}{Down}{Down}{Enter}{Enter}")]
    [InlineData("g", "g{Ctrl+Space}{Down}{Escape}{Enter}")]
    [InlineData("zz", "zz{Tab}{Enter}")]
    public void Tab_puts_in_what_fits(string line, string keys)
    {
        using var typed = new Typed { Choices = Commands };
        Assert.Equal(line, typed.Line(keys));
    }

    [Fact]
    public void Nothing_to_offer_rings()
    {
        using var typed = new Typed { Choices = Commands };
        typed.Line("zz{Tab}{Enter}");
        Assert.True(typed.Screen.HasRung);
    }
}
