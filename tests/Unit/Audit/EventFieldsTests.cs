using Bastion.Assets;
using Bastion.Audit.Events;

namespace Bastion.Unit.Audit;

public class EventFieldsTests
{
    private static readonly Asset Web = new() { Id = 1, Name = "web-1", Kind = AssetKind.Host, OwnerAccountId = "1", PrivateAddress = "10.0.0.1", Ports = new Dictionary<string, int> { ["SSH"] = 22 } };

    [Fact]
    public void Only_fields_that_differ_are_told() => Assert.Equal(
        ("""{"Comment":"a \"b\" ü","Ports":{"SSH":22}}""", """{"Ports":{"SSH":2222}}"""),
        EventFields.Compare(Web with { Comment = "a \"b\" ü" }, Web with { ChangedAt = DateTimeOffset.UnixEpoch, Ports = new Dictionary<string, int> { ["SSH"] = 2222 } }));

    [Fact]
    public void Of_what_is_new_or_gone_all_that_is_set_is_told()
    {
        const string Whole = """{"AddressType":"Private","Kind":"Host","Name":"web-1","OwnerAccountId":"1","Ports":{"SSH":22},"PrivateAddress":"10.0.0.1","Source":"Manual","State":"Unknown"}""";
        Assert.Equal((null, Whole), EventFields.Compare(null, Web));
        Assert.Equal((Whole, null), EventFields.Compare(Web, null));
    }

    [Fact]
    public void What_did_not_change_leaves_nothing() => Assert.Equal(("{}", "{}"), EventFields.Compare(Web, Web with { SeenAt = DateTimeOffset.UnixEpoch }));
}
