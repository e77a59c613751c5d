using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bastion.Sessions.Ssh;

namespace Bastion.Unit.Sessions;

public class SshConnectorTests
{
    [Fact]
    public async Task A_key_logs_on_and_the_host_key_is_verified_first()
    {
        await using SshServer server = await SshServer.StartAsync();
        var keys = new TrustKey(server.HostKey);
        using SshConnection connection = await new SshConnector().ConnectAsync(server.Target(), keys, CancellationToken.None);
        Assert.Equal("ssh-ed25519", Assert.Single(keys.Asked).Type);
        Assert.StartsWith("SSH-2.0-OpenSSH", connection.ServerVersion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_host_key_reaches_the_caller_unchanged_and_no_log_on_is_tried()
    {
        await using SshServer server = await SshServer.StartAsync();
        var keys = new TrustKey([1, 2, 3]);
        await Assert.ThrowsAsync<KeyRefusedException>(() => new SshConnector().ConnectAsync(server.Target(), keys, CancellationToken.None));
        Assert.Equal(server.HostKey, Assert.Single(keys.Asked).Key);
        Assert.DoesNotContain("Accepted", server.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Failed", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_is_asked_for_the_type_of_key_that_is_known()
    {
        await using SshServer server = await SshServer.StartAsync(hostKeyType: "rsa");
        var keys = new TrustKey(server.HostKey, "ssh-rsa");
        using SshConnection connection = await new SshConnector().ConnectAsync(server.Target(), keys, CancellationToken.None);
        Assert.Equal("ssh-rsa", Assert.Single(keys.Asked).Type);
        Assert.StartsWith("rsa-sha2-512", connection.Session.ConnectionInfo.CurrentHostKeyAlgorithm, StringComparison.Ordinal);
        Assert.Equal("aes128-gcm@openssh.com", connection.Session.ConnectionInfo.CurrentClientEncryption);
        Assert.Equal("curve25519-sha256", connection.Session.ConnectionInfo.CurrentKeyExchangeAlgorithm);
    }

    [Theory]
    [InlineData("KexAlgorithms diffie-hellman-group14-sha1")]
    [InlineData("Ciphers aes128-cbc,3des-cbc")]
    [InlineData("HostKeyAlgorithms ssh-rsa")]
    [InlineData("Ciphers aes128-ctr\nMACs hmac-sha1")]
    public async Task Weak_algorithms_are_not_agreed_on(string setting)
    {
        await using SshServer server = await SshServer.StartAsync(setting, hostKeyType: "rsa");
        SshHandshakeFailedException e = await Assert.ThrowsAsync<SshHandshakeFailedException>(() => server.ConnectAsync());
        Assert.Contains(setting.Split(' ', '\n', ',')[^1], e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_an_authentication_failure_that_names_what_was_tried()
    {
        await using SshServer server = await SshServer.StartAsync();
        await using SshServer other = await SshServer.StartAsync();
        SshAuthenticationFailedException e = await Assert.ThrowsAsync<SshAuthenticationFailedException>(() => server.ConnectAsync(new SshCredential(other.ClientKey, null, null)));
        Assert.Equal(("SshAuthenticationFailed", ErrorKind.Authentication), (e.Id, e.Kind));
        Assert.Contains("(publickey)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_where_only_keys_are_taken_says_what_the_host_takes()
    {
        await using SshServer server = await SshServer.StartAsync();
        SshAuthenticationFailedException e = await Assert.ThrowsAsync<SshAuthenticationFailedException>(() => server.ConnectAsync(new SshCredential(null, null, "hunter2")));
        Assert.Contains("the host takes publickey", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("pam")]
    public async Task The_right_password_logs_on_and_a_wrong_one_does_not(string way)
    {
        await using SshServer server = await SshServer.StartAsync(passwords: way);
        using SshConnection connection = await server.ConnectAsync(new SshCredential(null, null, SshServer.Password), SshServer.PasswordUser);
        SshAuthenticationFailedException e = await Assert.ThrowsAsync<SshAuthenticationFailedException>(() => server.ConnectAsync(new SshCredential(null, null, "wrong horse"), SshServer.PasswordUser));
        Assert.Contains(way == "pam" ? "(keyboard-interactive)" : "(password)", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong horse", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_answered_once_and_not_until_the_account_is_locked()
    {
        await using SshServer server = await SshServer.StartAsync(passwords: "pam");
        await Assert.ThrowsAsync<SshAuthenticationFailedException>(() => server.ConnectAsync(new SshCredential(null, null, "wrong horse"), SshServer.PasswordUser));
        Assert.Equal(1, server.Log.Split("PAM: Authentication failure").Length - 1);
    }

    [Fact]
    public async Task After_a_refused_key_the_password_is_tried()
    {
        await using SshServer server = await SshServer.StartAsync(passwords: "password");
        await using SshServer other = await SshServer.StartAsync();
        using SshConnection connection = await server.ConnectAsync(new SshCredential(other.ClientKey, null, SshServer.Password), SshServer.PasswordUser);
        Assert.Contains("Accepted password", server.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("QUJDREVG")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nQUJDREVG\n-----END OPENSSH PRIVATE KEY-----\n")]
    public async Task A_broken_private_key_is_named_without_its_content(string key)
    {
        SshTarget target = Nowhere(1) with { Credential = new SshCredential(Encoding.UTF8.GetBytes(key), null, null) };
        PrivateKeyUnusableException e = await Assert.ThrowsAsync<PrivateKeyUnusableException>(() => new SshConnector().ConnectAsync(target, new TrustKey([]), CancellationToken.None));
        Assert.DoesNotContain("QUJDREVG", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_listens_the_connection_is_refused()
    {
        SshUnreachableException e = await Assert.ThrowsAsync<SshUnreachableException>(() => ToAsync(1));
        Assert.Equal(("SshUnreachable", ErrorKind.Connection, "web-1"), (e.Id, e.Kind, e.Subject));
        Assert.Contains("refused", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_host_name_is_told_apart()
    {
        SshTarget target = Nowhere(22) with { Host = "no-such-host.invalid" };
        SshUnreachableException e = await Assert.ThrowsAsync<SshUnreachableException>(() => new SshConnector().ConnectAsync(target, new TrustKey([]), CancellationToken.None));
        Assert.Contains("name", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_of_another_protocol_is_no_SSH_server()
    {
        using var listener = Listen();
        Task<Socket> serving = ServeAsync(listener, "220 mail ready\r\n", close: true);
        SshHandshakeFailedException e = await Assert.ThrowsAsync<SshHandshakeFailedException>(() => ToAsync(PortOf(listener)));
        Assert.Contains("Check the port", e.Message, StringComparison.Ordinal);
        (await serving).Dispose();
    }

    [Theory]
    [InlineData("", "did not answer")]
    [InlineData("SSH-2.0-silent\r\n", "key exchange")]
    public async Task A_silent_server_times_out(string greeting, string told)
    {
        using var listener = Listen();
        Task<Socket> serving = ServeAsync(listener, greeting, close: false);
        SshTarget target = Nowhere(PortOf(listener)) with { ConnectTimeout = TimeSpan.FromMilliseconds(300) };
        SshUnreachableException e = await Assert.ThrowsAsync<SshUnreachableException>(() => new SshConnector().ConnectAsync(target, new TrustKey([]), CancellationToken.None));
        Assert.Equal(ErrorKind.Timeout, e.Kind);
        Assert.Contains(told, e.Message, StringComparison.Ordinal);
        (await serving).Dispose();
    }

    [Fact]
    public async Task A_host_that_drops_every_packet_times_out()
    {
        // A listener whose queue is full answers no further connection
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        using var first = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(listener.LocalEndPoint!);
        SshTarget target = Nowhere(((IPEndPoint)listener.LocalEndPoint!).Port) with { ConnectTimeout = TimeSpan.FromMilliseconds(300) };
        SshUnreachableException e = await Assert.ThrowsAsync<SshUnreachableException>(() => new SshConnector().ConnectAsync(target, new TrustKey([]), CancellationToken.None));
        Assert.Equal(ErrorKind.Timeout, e.Kind);
        using var stop = new CancellationTokenSource();
        Task<SshConnection> connecting = new SshConnector().ConnectAsync(target with { ConnectTimeout = TimeSpan.FromMinutes(10) }, new TrustKey([]), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(TimeSpan.FromSeconds(5), CancellationToken.None));
    }

    [Fact]
    public async Task Stopping_ends_the_wait_for_the_answer_to_a_password()
    {
        await using SshServer server = await SshServer.StartAsync(passwords: "pam");
        using var stop = new CancellationTokenSource();
        // PAM takes its time before it says no
        Task<SshConnection> connecting = new SshConnector().ConnectAsync(server.Target(new SshCredential(null, null, "wrong horse"), SshServer.PasswordUser), new TrustKey(server.HostKey), stop.Token);
        while (!server.Log.Contains("Postponed keyboard-interactive", StringComparison.Ordinal)) await Task.Delay(10, CancellationToken.None);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("SSH-2.0-silent\r\n")]
    public async Task Stopping_ends_the_wait_for_a_silent_server(string greeting)
    {
        using var listener = Listen();
        Task<Socket> serving = ServeAsync(listener, greeting, close: false);
        using var stop = new CancellationTokenSource();
        Task<SshConnection> connecting = new SshConnector().ConnectAsync(Nowhere(PortOf(listener)), new TrustKey([]), stop.Token);
        using Socket silent = await serving;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(TimeSpan.FromSeconds(5), CancellationToken.None));
    }

    [Fact]
    public async Task Stopping_while_the_host_key_is_verified_sends_no_secret()
    {
        await using SshServer server = await SshServer.StartAsync();
        using var stop = new CancellationTokenSource();
        var keys = new SlowVerifier(() => stop.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SshConnector().ConnectAsync(server.Target(), keys, stop.Token));
        keys.Go.Set();
        // The next log-on shows that the host has dealt with the first.
        using SshConnection connection = await server.ConnectAsync();
        Assert.Equal(1, server.Log.Split("Accepted publickey").Length - 1);
    }

    private static Task<SshConnection> ToAsync(int port) => new SshConnector().ConnectAsync(Nowhere(port), new TrustKey([]), CancellationToken.None);

    private static SshTarget Nowhere(int port) => new("web-1", "127.0.0.1", port, "root", new SshCredential(null, null, "x"), TimeSpan.FromSeconds(20));

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    // Done when the client was greeted and has said who it is.
    private static async Task<Socket> ServeAsync(TcpListener listener, string greeting, bool close)
    {
        Socket client = await listener.AcceptSocketAsync();
        await client.SendAsync(Encoding.ASCII.GetBytes(greeting));
        await client.ReceiveAsync(new byte[100]);
        if (close) client.Dispose();
        return client;
    }

    private sealed class SlowVerifier(Action asked) : IHostKeyVerifier
    {
        public ManualResetEventSlim Go { get; } = new();

        public IReadOnlyList<string> KnownKeyTypes => [];

        public void Verify(string keyType, ReadOnlyMemory<byte> key)
        {
            asked();
            Go.Wait(TimeSpan.FromSeconds(10));
        }
    }
}
