using System.Text;
using Bastion.Users.Totp;

namespace Bastion.Unit.Users.Totp;

public sealed class TotpCodesTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B: the last six digits
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code)
    {
        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        long step = TotpCodes.StepAt(time);
        Assert.Equal(code, TotpCodes.Code(Key, step));
        Assert.Equal(step, TotpCodes.Match(Key, code, time));
        Assert.Equal(step, TotpCodes.Match(Key, $"{code[..3]} {code[3..]}", time));
    }

    [Fact]
    public void A_code_is_taken_one_step_early_or_late_and_no_further()
    {
        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        long step = TotpCodes.StepAt(time);
        string code = TotpCodes.Code(Key, step);
        Assert.Equal(step, TotpCodes.Match(Key, code, time.AddSeconds(-30)));
        Assert.Equal(step, TotpCodes.Match(Key, code, time.AddSeconds(59)));
        Assert.Null(TotpCodes.Match(Key, code, time.AddSeconds(-31)));
        Assert.Null(TotpCodes.Match(Key, code, time.AddSeconds(60)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("２８７０８２")]
    public void What_is_no_code_is_wrong(string? code) => Assert.Null(TotpCodes.Match(Key, code, DateTimeOffset.FromUnixTimeSeconds(59)));
}
