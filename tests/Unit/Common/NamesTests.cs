namespace Bastion.Unit.Common;

public class NamesTests
{
    [Theory]
    [InlineData("Web-1", "web-1")]
    [InlineData("web-1 ", " WEB-1")]
    [InlineData("раyраl", "paypal")] // Cyrillic р and а
    [InlineData("ｗｅｂ", "web")] // full width
    public void Names_that_look_alike_have_one_key(string one, string other) => Assert.Equal(Names.Key(one), Names.Key(other));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("web\u202Etxt")]
    [InlineData("web\u0000")]
    [InlineData("web\u200B1")]
    [InlineData("web*")]
    [InlineData("a\nb")]
    [InlineData("e\u0301")]
    public void A_name_that_is_empty_hidden_or_a_pattern_is_refused(string name) =>
        Assert.Equal("InvalidName", Assert.Throws<InvalidNameException>(() => Names.Check("asset", name)).Id);

    [Fact]
    public void The_longest_name_is_128_characters()
    {
        Assert.Equal(128, Names.Check("asset", new string('a', 128)).Length);
        Assert.Throws<InvalidNameException>(() => Names.Check("asset", new string('a', 129)));
    }

    [Theory]
    [InlineData("wbe-1", "web-1")]
    [InlineData("web1", "web-1")]
    [InlineData("zzzz", null)]
    public void The_nearest_name_is_offered_only_when_it_is_near(string asked, string? offered) =>
        Assert.Equal(offered, Names.Nearest(asked, ["db-1", "web-1", "cache"]));

    [Theory]
    [InlineData("web*", "WEB-1", true)]
    [InlineData("web-?", "web-1", true)]
    [InlineData("web-?", "web-12", false)]
    [InlineData("web-[12]", "web-2", true)]
    [InlineData("web-[1-3]", "web-4", false)]
    [InlineData("web-1", "web-12", false)]
    [InlineData("a.c", "abc", false)]
    [InlineData("`*", "*", true)]
    public void Wildcards_match_as_in_PowerShell(string pattern, string name, bool matches) =>
        Assert.Equal(matches, new NamePattern(pattern).Matches(name));

    [Fact]
    public void A_bracket_that_is_not_closed_is_an_error() =>
        Assert.Equal("InvalidPattern", Assert.Throws<InvalidPatternException>(() => new NamePattern("web[1")).Id);

    [Fact]
    public void Escaping_leaves_nothing_that_a_terminal_would_obey() =>
        Assert.Equal("a\\u{1B}]52;c;x\\u{7}b\\u{202E}", Printable.Escape("a\u001B]52;c;x\u0007b\u202E"));
}
