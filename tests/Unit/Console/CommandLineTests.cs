using Bastion.Console;

namespace Bastion.Unit.Console;

public sealed class CommandLineTests
{
    private static readonly string[] Verbs = ["help", "quickstart"];

    [Fact]
    public void Nothing_means_the_prompt() => Assert.Equal(Wish.Prompt, Parse().Wish);

    [Fact]
    public void What_follows_the_script_belongs_to_the_script()
    {
        CommandLine line = Parse("-NoModule", "job.ps1", "-NoExit", "-c", "x y");
        Assert.Equal((Wish.File, "job.ps1", true, false), (line.Wish, line.Text, line.NoModule, line.NoExit));
        Assert.Equal(["-NoExit", "-c", "x y"], line.Arguments);
    }

    [Fact]
    public void What_follows_a_verb_belongs_to_the_verb() =>
        Assert.Equal(["--keep", "help"], Parse("quickstart", "--keep", "help").Arguments);

    [Theory]
    [InlineData("-c")]
    [InlineData("-Command")]
    [InlineData("--command")]
    public void Commands_are_the_rest_of_the_line(string option)
    {
        CommandLine line = Parse(option, "1", "+", "1");
        Assert.Equal((Wish.Command, "1 + 1"), (line.Wish, line.Text));
    }

    [Theory]
    [InlineData("-c")]
    [InlineData("-File")]
    [InlineData("-NoSuchThing")]
    public void What_is_not_understood_is_said(string option)
    {
        CommandLine line = Parse(option);
        Assert.Equal(Wish.Bad, line.Wish);
        Assert.Contains(option, line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dash_reads_commands_from_standard_input() => Assert.Equal(Wish.StandardInput, Parse("-").Wish);

    [Fact]
    public void A_script_is_given_to_PowerShell_with_its_whole_path_and_its_arguments_untouched() => Assert.Equal(
        ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", Path.GetFullPath("job.ps1"), "-Count:3", "a b", "$x"],
        Shell.Arguments(Parse("-NonInteractive", "job.ps1", "-Count:3", "a b", "$x"), isTyped: false));

    private static CommandLine Parse(params string[] args) => CommandLine.Parse(args, Verbs);
}
