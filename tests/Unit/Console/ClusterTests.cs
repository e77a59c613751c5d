using Bastion.Prompt;

namespace Bastion.Unit.Console;

public sealed class ClusterTests
{
    [Theory]
    [InlineData("ab", 1)]
    [InlineData("a日", 1)]
    [InlineData("ae\u0301", 2)] // e and its acute accent
    [InlineData("a👍", 2)]
    [InlineData("a👍🏽", 4)] // with a skin tone
    [InlineData("a👩‍💻", 5)] // two joined
    public void A_key_takes_the_whole_character_on_either_side(string line, int length)
    {
        Assert.Equal(length, Cluster.Before(line, line.Length));
        Assert.Equal(length, Cluster.After(line, 1));
    }

    [Fact]
    public void There_is_nothing_beyond_the_ends()
    {
        Assert.Equal(0, Cluster.Before("ab", 0));
        Assert.Equal(0, Cluster.After("ab", 2));
        Assert.Equal(0, Cluster.After("", 0));
    }

    [Fact]
    public void From_inside_a_character_only_the_part_before_the_cursor_is_taken() => Assert.Equal(1, Cluster.Before("a👍", 2));
}
