using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Bastion.Approvals;
using Bastion.Approvals.Webhooks;
using Bastion.Policies.Rules;

namespace Bastion.Unit.Approvals;

/// <summary>Webhooks against a real HTTP server.</summary>
public sealed class WebhookTests : IDisposable
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("hmac key é");
    private readonly HookServer _server = new();
    private readonly ApprovalWorld _world = new();

    public WebhookTests() => _world.Require(new ApprovalTerms { Approvers = ["bob"], BreakGlass = ["ana"] });

    public void Dispose()
    {
        _world.Dispose();
        _server.Dispose();
    }

    private Webhook Add(WebhookShape shape = WebhookShape.Json, byte[]? secret = null, string? url = null) =>
        _world.Engine.Webhooks.Add(TempStore.Admin, new NewWebhook { Name = "hook", Url = url ?? _server.Url, Shape = shape, Secret = secret });

    private Webhook Now => _world.Engine.Webhooks.Resolve("hook");

    private long Seconds => _world.World.Now.ToUnixTimeSeconds();

    private async Task UntilAsync(Func<bool> holds, TimeSpan step)
    {
        while (!holds())
        {
            _world.World.Store.Clock.Advance(step);
            await Task.Delay(5);
        }
    }

    [Fact]
    public async Task Requests_and_answers_are_posted_and_signed()
    {
        Add(secret: Secret);
        ApprovalRequest request = _world.Ask(new ApprovalWish { Reason = "disk full" });
        Hook hook = await _server.NextAsync();
        using var body = JsonDocument.Parse(hook.Text);
        Assert.Equal("approval.requested", body.RootElement.GetProperty("event").GetString());
        JsonElement told = body.RootElement.GetProperty("request");
        Assert.Equal((request.Id, "ana", "web-1", "disk full", "Pending"), (told.GetProperty("id").GetString(), told.GetProperty("user").GetString(), told.GetProperty("asset").GetString(), told.GetProperty("reason").GetString(), told.GetProperty("state").GetString()));
        string hash = Convert.ToHexString(HMACSHA256.HashData(Secret, (byte[])[.. Encoding.ASCII.GetBytes($"{Seconds}."), .. hook.Body])).ToLowerInvariant();
        Assert.Equal($"t={Seconds},v1={hash}", hook.Headers["X-Bastion-Signature"]);
        Assert.Equal("application/json; charset=utf-8", hook.Headers["Content-Type"]);
        _world.Approve(request, "bob");
        Assert.Contains("yes by bob", (await _server.NextAsync()).Text, StringComparison.Ordinal);
        await UntilAsync(() => Now is { Waiting: 0, DeliveredAt: not null, LastError: null }, TimeSpan.Zero);
    }

    [Fact]
    public async Task Break_glass_says_so()
    {
        Add(WebhookShape.Slack);
        ApprovalRequest request = _world.Ask(new ApprovalWish { Reason = "<!channel> & more" });
        Assert.Contains("Reason: &lt;!channel&gt; &amp; more.", JsonDocument.Parse((await _server.NextAsync()).Text).RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
        _world.Approve(request, "ana", new ApprovalAnswer { BreakGlass = true, Comment = "site down" });
        Hook hook = await _server.NextAsync();
        Assert.Contains("BREAK-GLASS. ana", JsonDocument.Parse(hook.Text).RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Null(hook.Headers["X-Bastion-Signature"]);
    }

    [Fact]
    public async Task DingTalk_gets_its_own_signature_and_its_refusals_are_errors()
    {
        _server.Answer = (200, """{"errcode":310000,"errmsg":"sign not match"}""");
        Add(WebhookShape.DingTalk, Secret, _server.Url + "?access_token=abc");
        WebhookTest refused = await _world.Engine.Webhooks.TestAsync(TempStore.Admin, "hook", CancellationToken.None);
        Assert.Equal((false, 200), (refused.Delivered, refused.Status));
        Assert.Contains("310000", refused.Error, StringComparison.Ordinal);
        Hook hook = await _server.NextAsync();
        long time = _world.World.Now.ToUnixTimeMilliseconds();
        string sign = Convert.ToBase64String(HMACSHA256.HashData(Secret, (byte[])[.. Encoding.ASCII.GetBytes($"{time}\n"), .. Secret]));
        var query = HttpUtility.ParseQueryString(hook.Url.Query);
        Assert.Equal(("abc", time.ToString(), sign), (query["access_token"], query["timestamp"], query["sign"]));
        Assert.Equal("text", JsonDocument.Parse(hook.Text).RootElement.GetProperty("msgtype").GetString());
        _server.Answer = (200, """{"errcode":0,"errmsg":"ok"}""");
        Assert.True((await _world.Engine.Webhooks.TestAsync(TempStore.Admin, "hook", CancellationToken.None)).Delivered);
    }

    [Fact]
    public async Task What_fails_hinders_nobody_is_tried_again_and_given_up_at_last()
    {
        _server.Answer = (500, "down");
        Add();
        ApprovalRequest request = _world.Ask();
        await UntilAsync(() => Now.LastError is not null, TimeSpan.Zero);
        Assert.Equal(("it answered with HTTP 500", 1L), (Now.LastError, Now.Waiting));
        Assert.Equal(ApprovalState.Pending, _world.Now(request).State);
        _server.Answer = (200, "ok");
        await UntilAsync(() => Now.LastError is null, TimeSpan.FromSeconds(1));
        Assert.Equal((0L, ApprovalState.Pending), (Now.Waiting, _world.Now(request).State));
        _server.Answer = (404, "gone");
        _world.Ask();
        await UntilAsync(() => Now is { LastError: not null, Waiting: 0 }, TimeSpan.FromMinutes(10));
        Assert.Contains("approval.requested was not delivered: it answered with HTTP 404", Assert.Single(_world.World.Store.Events("webhook.failed")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_waits_for_its_next_try_holds_no_other_up()
    {
        _server.Answer = (500, "down");
        Add();
        _world.Ask(new ApprovalWish { Reason = "first" });
        await _world.Engine.Outbox.Idle;
        Assert.Contains("first", (await _server.NextAsync()).Text, StringComparison.Ordinal);
        _world.Ask(new ApprovalWish { Reason = "second" });
        Assert.Contains("second", (await _server.NextAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_process_did_not_get_to_send_the_next_one_sends()
    {
        Add();
        // As if the process had died between the change and the sending
        _world.Engine.Context.Database.Write(connection => WebhookStore.Tell(connection, "approval.requested", """{"event":"approval.requested","text":"left"}""", _world.World.Now));
        using Engine other = Engine.Open(_world.World.Store.Location, _world.World.Store.Clock);
        other.Outbox.Kick();
        Assert.Contains("left", (await _server.NextAsync()).Text, StringComparison.Ordinal);
        await other.Outbox.Idle;
        Assert.Equal(0, Now.Waiting);
    }

    [Fact]
    public async Task Of_several_processes_one_sends_each_message()
    {
        Add();
        using Engine other = Engine.Open(_world.World.Store.Location, _world.World.Store.Clock);
        for (int n = 0; n < 20; n++)
        {
            _world.Ask();
            other.Outbox.Kick();
        }

        await UntilAsync(() => Now.Waiting == 0, TimeSpan.Zero);
        await Task.WhenAll(_world.Engine.Outbox.Idle, other.Outbox.Idle);
        var ids = new List<string?>();
        while (_server.HasMore) ids.Add(JsonDocument.Parse((await _server.NextAsync()).Text).RootElement.GetProperty("id").GetString());
        Assert.Equal(20, ids.Count);
        Assert.Equal(20, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_nothing_that_answers_is_an_error_without_the_address()
    {
        _server.Answer = (302, "");
        Add(secret: Secret);
        Assert.Equal((false, 302), (await _world.Engine.Webhooks.TestAsync(TempStore.Admin, "hook", CancellationToken.None)) is var test ? (test.Delivered, test.Status) : default);
        await _server.NextAsync();
        Assert.False(_server.HasMore);
        _server.Dispose();
        WebhookTest dead = await _world.Engine.Webhooks.TestAsync(TempStore.Admin, "hook", CancellationToken.None);
        Assert.False(dead.Delivered);
        Assert.DoesNotContain("t0p-s3cret", dead.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_address_nor_secret_is_shown_or_kept_in_clear()
    {
        Webhook webhook = Add(secret: Secret);
        Assert.Equal((new Uri(_server.Url).GetLeftPart(UriPartial.Authority), true), (webhook.Host, webhook.IsSigned));
        Assert.DoesNotContain("t0p", JsonSerializer.Serialize(webhook) + Assert.Single(_world.World.Store.Events("webhook.added")).Detail, StringComparison.Ordinal);
        foreach (string file in Directory.EnumerateFiles(_world.World.Store.Location.Folder, "bastion.db*"))
        {
            byte[] bytes = File.ReadAllBytes(file);
            Assert.True(bytes.AsSpan().IndexOf("t0p-s3cret"u8) < 0 && bytes.AsSpan().IndexOf(Secret) < 0, file);
        }
    }

    [Theory]
    [InlineData("http://example.com/hook")]
    [InlineData("ftp://localhost/hook")]
    [InlineData("https://user:word@example.com/hook")]
    [InlineData("https://example.com/hook#part")]
    [InlineData("/hook")]
    [InlineData("")]
    public void An_address_that_is_not_safe_is_refused_and_not_repeated(string url)
    {
        var error = Assert.Throws<InvalidWebhookUrlException>(() => Add(url: url));
        if (url.Length > 1) Assert.DoesNotContain(url, error.Message, StringComparison.Ordinal);
        Assert.Empty(_world.Engine.Webhooks.List());
    }

    [Fact]
    public void Webhooks_have_unique_names_and_go_with_their_secrets()
    {
        Add(secret: Secret);
        Assert.Throws<NameTakenException>(() => _world.Engine.Webhooks.Add(TempStore.Admin, new NewWebhook { Name = "HOOK", Url = _server.Url }));
        Assert.Throws<NotAuthorizedException>(() => _world.Engine.Webhooks.Remove(TempStore.Stranger, "hook"));
        _world.Engine.Webhooks.Remove(TempStore.Admin, "Hook");
        Assert.Equal("WebhookNotFound", Assert.Throws<WebhookNotFoundException>(() => _world.Engine.Webhooks.Resolve("hook")).Id);
        Assert.Equal(0, _world.Engine.Context.Database.Read(connection => connection.Scalar<long>("SELECT count(*) FROM secrets WHERE purpose LIKE 'webhook/%'")));
    }
}
