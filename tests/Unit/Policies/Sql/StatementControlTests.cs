using System.Net;
using System.Text.Json;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Policies.Sql;

namespace Bastion.Unit.Policies.Sql;

public sealed class StatementControlTests
{
    private static Verdict Decide(StatementControl rule, string? text, ProtocolChannel channel = ProtocolChannel.Sql) => rule.Decide(new AccessAttempt("root", channel, IPAddress.Loopback, DateTimeOffset.UnixEpoch)
    {
        Statement = text is null ? null : SqlText.Parse(new SqlRequest(text, SqlDialect.PostgreSql)),
    });

    [Theory]
    [InlineData("Select", null, null, null, "SELECT * FROM a", true)]
    [InlineData("Select", null, null, null, "SELECT 1; DELETE FROM a", false)]
    [InlineData("Select", null, null, null, "WITH x AS (DELETE FROM a RETURNING *) SELECT * FROM x", false)]
    [InlineData("Select", null, null, null, "SELECT f()", false)]
    [InlineData("Select", null, null, null, "-- nothing", true)]
    [InlineData(null, "Drop", null, null, "DELETE FROM a", true)]
    [InlineData(null, "Drop", null, null, "DROP TABLE a", false)]
    [InlineData(null, "Drop", null, null, "DO $$ BEGIN DROP TABLE a; END $$", false)]
    [InlineData("Select, Delete", "Delete", null, null, "DELETE FROM a", false)]
    [InlineData(null, null, "app.*", null, "SELECT * FROM app.a", true)]
    [InlineData(null, null, "app.*", null, "SELECT * FROM a", false)]
    [InlineData(null, null, "app.*", null, "SELECT * FROM app.a, hr.b", false)]
    [InlineData(null, null, "a", null, "SELECT * FROM a, x.a", true)]
    [InlineData(null, null, "a", null, "SELECT * FROM other.x.a", false)]
    [InlineData(null, null, null, "hr.salaries", "SELECT * FROM salaries", false)]
    [InlineData(null, null, null, "hr.salaries", "SELECT * FROM \"HR\".\"Salaries\"", false)]
    [InlineData(null, null, null, "hr.salaries", "SELECT * FROM app.salaries", true)]
    [InlineData(null, null, null, "salar*", "DROP SCHEMA hr CASCADE", false)]
    public void Every_statement_is_decided_by_what_it_does_and_names(string? allow, string? deny, string? allowTable, string? denyTable, string text, bool allowed)
    {
        var rule = StatementControl.Parse(allow?.Split(", "), deny?.Split(", "), allowTable is null ? null : [allowTable], denyTable is null ? null : [denyTable], allowOpaque: false);
        Assert.Equal(allowed, Decide(rule, text).Outcome == SectionOutcome.Allowed);
    }

    [Fact]
    public void Opaque_statements_run_where_that_is_allowed_and_what_is_seen_of_them_still_counts()
    {
        var rule = StatementControl.Parse(null, ["Delete"], null, null, allowOpaque: true);
        Assert.Equal(SectionOutcome.Allowed, Decide(rule, "SELECT f()").Outcome);
        Assert.Equal(SectionOutcome.Denied, Decide(rule, "WITH x AS (DELETE FROM a) SELECT f()").Outcome);
    }

    [Fact]
    public void Where_statements_are_restricted_none_unnamed_runs_and_no_tunnel_leads_past()
    {
        var rule = StatementControl.Parse(["Select"], null, null, null, allowOpaque: false);
        Assert.Equal(SectionOutcome.Denied, Decide(rule, null).Outcome);
        Assert.Equal(SectionOutcome.Denied, Decide(rule, null, ProtocolChannel.Tunnel).Outcome);
        Assert.Equal(SectionOutcome.Allowed, Decide(rule, null, ProtocolChannel.SshShell).Outcome);
    }

    [Fact]
    public void It_is_kept_and_read_back_the_same()
    {
        var rule = StatementControl.Parse(["select", "Explain"], ["DROP"], ["app.*"], ["hr.salaries"], allowOpaque: true);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) rule.Write(json);
        using var document = JsonDocument.Parse(stream.ToArray());
        Assert.Equal("statements: only Select, Explain, not Drop, only the tables app.*, not the tables hr.salaries, opaque ones allowed", StatementControl.Kind.Read(document.RootElement).ToString());
        Assert.Equal("UnknownStatementKind", Assert.ThrowsAny<BastionException>(() => StatementControl.Parse(["Selekt"], null, null, null, allowOpaque: false)).Id);
        Assert.Equal("InvalidTablePattern", Assert.ThrowsAny<BastionException>(() => StatementControl.Parse(null, null, ["a..b"], null, allowOpaque: false)).Id);
        Assert.Equal("EmptyRule", Assert.ThrowsAny<BastionException>(() => StatementControl.Parse([], null, null, null, allowOpaque: false)).Id);
    }
}
