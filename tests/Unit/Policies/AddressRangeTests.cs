using System.Net;
using System.Numerics;
using Bastion.Policies;
using Bastion.Policies.Rules;

namespace Bastion.Unit.Policies;

public class AddressRangeTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("0.0.0.0/0", "203.0.113.7", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "203.0.113.7", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.0/31", "192.0.2.1", true)]
    [InlineData("2001:db8::/33", "2001:db8:7fff::1", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::1", false)]
    [InlineData("::1", "::1", true)]
    [InlineData("fe80::/10", "fe80::1%3", true)] // a link-local source brings its interface along
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("::ffff:10.0.0.0/104", "10.1.2.3", true)]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1", true)]
    [InlineData("::ffff:0.0.0.0/96", "203.0.113.7", true)]
    [InlineData("::ffff:10.0.0.0/104", "::ffff:11.0.0.0", false)]
    public void A_range_holds_the_addresses_whose_leading_bits_are_its_own(string range, string address, bool holds) =>
        Assert.Equal(holds, AddressRange.Parse(range).Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData(" 10.0.0.1 ", "10.0.0.1")]
    [InlineData("10.0.0.1/32", "10.0.0.1")]
    [InlineData("2001:DB8:0:0::/32", "2001:db8::/32")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0/8")]
    public void A_range_is_written_back_in_one_form_that_reads_the_same(string text, string canonical)
    {
        Assert.Equal(canonical, AddressRange.Parse(text).ToString());
        Assert.Equal(canonical, AddressRange.Parse(canonical).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/8")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("10.0.0.1-10.0.0.9")]
    [InlineData("10.0.0")]
    [InlineData("10.1")]
    [InlineData("010.0.0.1")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("167772161")]
    [InlineData("256.0.0.1")]
    [InlineData("::1/129")]
    [InlineData("[::1]")]
    [InlineData("[::1]:80")]
    [InlineData("fe80::1%eth0")]
    [InlineData("2001:db8::1::2")]
    [InlineData("web-1.example.com")]
    public void What_is_no_range_is_refused(string text) =>
        Assert.Equal("InvalidAddressRange", Assert.Throws<InvalidAddressRangeException>(() => AddressRange.Parse(text)).Id);

    [Fact]
    public void Bits_behind_the_prefix_are_refused_with_both_ways_to_mean_it()
    {
        var e = Assert.Throws<InvalidAddressRangeException>(() => AddressRange.Parse("10.1.2.3/8"));
        Assert.Contains("10.0.0.0/8", e.Message, StringComparison.Ordinal);
        Assert.Contains("10.1.2.3 for the one address", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void Ranges_agree_with_whole_numbers(int bytes)
    {
        var random = new Random(7 + bytes);
        int bits = bytes * 8;
        for (int n = 0; n < 20_000; n++)
        {
            int prefix = random.Next(bits + 1);
            BigInteger block = BigInteger.One << (bits - prefix);
            BigInteger first = Draw(random, bytes) / block * block;
            // Just inside, just outside, and anywhere.
            BigInteger asked = random.Next(5) switch { 0 => first, 1 => first + block - 1, 2 => first + block, 3 => first - 1, _ => Draw(random, bytes) };
            if (asked < 0 || asked >= BigInteger.One << bits) continue;
            string range = $"{Address(first, bytes)}/{prefix}";
            if (AddressRange.Parse(range).Contains(Address(asked, bytes)) != (asked >= first && asked < first + block)) Assert.Fail($"{range} and {Address(asked, bytes)}");
        }
    }

    private static BigInteger Draw(Random random, int bytes)
    {
        byte[] drawn = new byte[bytes];
        random.NextBytes(drawn);
        // Real IPv6 addresses: those under ::ffff:0:0/96 are IPv4 and have tests of their own.
        if (bytes == 16) drawn[0] |= 0x20;
        return new BigInteger(drawn, isUnsigned: true, isBigEndian: true);
    }

    private static IPAddress Address(BigInteger number, int bytes)
    {
        byte[] written = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return new IPAddress([.. new byte[bytes - written.Length], .. written]);
    }
}
