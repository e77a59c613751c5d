using System.Net;
using Bastion.Policies;
using Bastion.Policies.Rules;

namespace Bastion.Unit.Policies;

public class RuleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static bool Allows(PolicyRule rule, ProtocolChannel channel = ProtocolChannel.SshShell, string source = "10.0.0.1", DateTimeOffset? at = null) =>
        rule.Decide(new AccessAttempt("root", channel, IPAddress.Parse(source), at ?? Noon)).Outcome == SectionOutcome.Allowed;

    [Fact]
    public void Protocol_control_opens_what_it_lists_and_closes_every_other_channel()
    {
        var rule = ProtocolControl.Of([ProtocolChannel.SshExec, ProtocolChannel.SftpChannel, ProtocolChannel.SftpDownload]);
        Assert.Equal([ProtocolChannel.SshExec, ProtocolChannel.SftpChannel, ProtocolChannel.SftpDownload], ProtocolChannels.All.Where(channel => Allows(rule, channel)));
    }

    [Fact]
    public void An_empty_protocol_control_closes_everything()
    {
        var rule = ProtocolControl.Of([]);
        Assert.DoesNotContain(ProtocolChannels.All, channel => Allows(rule, channel));
    }

    [Theory]
    [InlineData(ProtocolChannel.SftpUpload, "SftpChannel")]
    [InlineData(ProtocolChannel.SftpLink, "SftpChannel")]
    [InlineData(ProtocolChannel.RdpClipboardOut, "Rdp")]
    [InlineData(ProtocolChannel.SqlSelect, "Sql")]
    public void A_channel_inside_another_is_not_opened_without_it(ProtocolChannel channel, string carrier)
    {
        var e = Assert.Throws<ChannelWithoutCarrierException>(() => ProtocolControl.Of([channel]));
        Assert.Equal("ChannelWithoutCarrier", e.Id);
        Assert.Contains(carrier, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_channel_has_a_carrier_that_is_a_channel_and_stands_alone() =>
        Assert.All(ProtocolChannels.All.Select(ProtocolChannels.Carrier).OfType<ProtocolChannel>(), carrier => Assert.Null(ProtocolChannels.Carrier(carrier)));

    [Theory]
    [InlineData("SshShell", new[] { ProtocolChannel.SshShell })]
    [InlineData("sshshell", new[] { ProtocolChannel.SshShell })]
    [InlineData("Ssh*", new[] { ProtocolChannel.SshShell, ProtocolChannel.SshExec })]
    public void Channels_are_named_by_words_and_wildcards(string word, ProtocolChannel[] channels) => Assert.Equal(channels, ProtocolChannels.Parse([word]));

    [Theory]
    [InlineData("SshShel")]
    [InlineData("1")]
    [InlineData("SshShell,SshExec")]
    [InlineData("Ftp*")]
    [InlineData("")]
    public void A_word_that_is_no_channel_is_refused(string word) =>
        Assert.Equal("UnknownChannel", Assert.Throws<UnknownChannelException>(() => ProtocolChannels.Parse([word])).Id);

    [Fact]
    public void A_number_that_is_no_channel_is_refused() => Assert.Throws<UnknownChannelException>(() => ProtocolControl.Of([(ProtocolChannel)999]));

    [Fact]
    public void Time_windows_add_up()
    {
        var rule = TimeWindows.Parse(["Tue 08:00-10:00 UTC", "Tue 11:00-13:00 UTC"]);
        Assert.True(Allows(rule, at: Noon.AddHours(-3)));
        Assert.False(Allows(rule, at: Noon.AddHours(-1.5)));
        Assert.True(Allows(rule));
    }

    [Theory]
    [InlineData("10.1.0.0/16", null, "10.1.0.1", true)]
    [InlineData("10.1.0.0/16", null, "10.2.0.1", false)]
    [InlineData("10.1.0.0/16", "10.1.9.0/24", "10.1.9.1", false)] // denied goes before allowed
    [InlineData("10.1.0.0/16", "10.1.9.0/24", "10.1.8.1", true)]
    [InlineData(null, "10.1.9.0/24", "10.1.9.1", false)]
    [InlineData(null, "10.1.9.0/24", "::1", true)]
    [InlineData(null, "10.1.9.0/24", "::ffff:10.1.9.1", false)]
    [InlineData(null, null, "203.0.113.7", true)]
    public void Addresses_are_denied_first_then_allowed(string? allow, string? deny, string source, bool allowed) =>
        Assert.Equal(allowed, Allows(SourceAddresses.Parse(allow is null ? null : [allow], deny is null ? [] : [deny]), source: source));

    [Fact]
    public void A_list_that_would_let_nobody_in_is_refused()
    {
        Assert.Equal("EmptyRule", Assert.Throws<EmptyRuleException>(() => SourceAddresses.Parse([], null)).Id);
        Assert.Equal("EmptyRule", Assert.Throws<EmptyRuleException>(() => TimeWindows.Parse([])).Id);
    }

    [Fact]
    public void Rules_are_read_back_as_they_were_written()
    {
        PolicyRules rules = PolicyRules.None
            .With(SourceAddresses.Parse(["10.0.0.0/8", "::1"], ["10.9.0.0/16"]))
            .With(TimeWindows.Parse(["Mon-Fri 08:00-18:00 Europe/Madrid", "Sat 22:00-06:00 UTC"]))
            .With(ProtocolControl.Of([ProtocolChannel.SshShell]));
        string written = rules.Write();
        Assert.Equal("""{"ProtocolControl":{"allow":["SshShell"]},"TimeWindow":{"windows":["Mon-Fri 08:00-18:00 Europe/Madrid","Sat 22:00-06:00 UTC"]},"SourceAddress":{"allow":["10.0.0.0/8","::1"],"deny":["10.9.0.0/16"]}}""", written);
        PolicyRules read = PolicyRules.Read(written);
        Assert.Null(read.Fault);
        Assert.Equal(written, read.Write());
        Assert.Equal("SshShell; Mon-Fri 08:00-18:00 Europe/Madrid, Sat 22:00-06:00 UTC; from 10.0.0.0/8, ::1, not from 10.9.0.0/16", read.ToString());
        Assert.Equal("{}", read.Without("protocolcontrol").Without("TimeWindow").Without("SourceAddress").Write());
        Assert.Equal("UnknownRuleSection", Assert.Throws<UnknownRuleSectionException>(() => read.Without("Everything")).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"Approval":{}}""")]
    [InlineData("""{"ProtocolControl":null}""")]
    [InlineData("""{"ProtocolControl":{}}""")]
    [InlineData("""{"ProtocolControl":{"allow":"SshShell"}}""")]
    [InlineData("""{"ProtocolControl":{"allow":["SshShell",1]}}""")]
    [InlineData("""{"ProtocolControl":{"allow":["sshshell"]}}""")]
    [InlineData("""{"ProtocolControl":{"allow":["1"]}}""")]
    [InlineData("""{"ProtocolControl":{"allow":["Telnet"]}}""")]
    [InlineData("""{"ProtocolControl":{"allow":["SftpUpload"]}}""")]
    [InlineData("""{"ProtocolControl":{"allow":["SshShell"],"deny":[]}}""")]
    [InlineData("""{"ProtocolControl":{"allow":[]},"ProtocolControl":{"allow":["SshShell"]}}""")]
    [InlineData("""{"ProtocolControl":{"allow":[],"allow":["SshShell"]}}""")]
    [InlineData("""{"protocolControl":{"allow":["SshShell"]}}""")]
    [InlineData("""{"TimeWindow":{"windows":[]}}""")]
    [InlineData("""{"TimeWindow":{"windows":["Mon 08:00-18:00 Mars/Olympus"]}}""")]
    [InlineData("""{"TimeWindow":{"windows":["Mon 08:00-18:00"]}}""")]
    [InlineData("""{"SourceAddress":{"deny":["10.0.0.0/99"]}}""")]
    [InlineData("""{"SourceAddress":{"allow":[],"deny":[]}}""")]
    [InlineData("""{"SourceAddress":{"allow":["10.0.0.0/8"]}}""")]
    [InlineData("""{"SourceAddress":{"allow":null,"deny":[]}}""")]
    public void Rules_in_which_anything_is_in_doubt_have_a_fault(string stored)
    {
        PolicyRules rules = PolicyRules.Read(stored);
        Assert.NotNull(rules.Fault);
        Assert.Empty(rules.Sections);
        Assert.Equal(stored, rules.Write());
    }
}
