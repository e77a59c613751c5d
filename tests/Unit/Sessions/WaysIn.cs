using Bastion.Assets;
using Bastion.Policies;
using Bastion.Policies.Rules;
using Bastion.Roles;
using Bastion.Sessions;
using Bastion.Users;

namespace Bastion.Unit.Sessions;

/// <summary>A way to an asset, and how it is taken.</summary>
/// <param name="Channel">What it opens.</param>
/// <param name="Operation">The method of <see cref="SessionService"/>.</param>
/// <param name="OpenAsync">Takes it, and stays until it is closed.</param>
internal sealed record WayIn(ProtocolChannel Channel, string Operation, Func<SessionService, Caller, Task> OpenAsync);

/// <summary>What stands in every way, how it is closed, and what is said then.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Close">Closes it.</param>
/// <param name="ErrorId">The error of who comes to it.</param>
internal sealed record Gate(string Name, Action<SessionStore> Close, string ErrorId);

/// <summary>The table of every way in against every gate. A way that is missing here fails the tests, and so does one that forgets a gate.</summary>
internal static class WaysIn
{
    internal static UserReference Ana { get; } = new("ana");

    private static SessionRequest Request { get; } = new() { Asset = new AssetReference("web-1") };

    internal static IReadOnlyList<WayIn> All { get; } =
    [
        new(ProtocolChannel.SshShell, nameof(SessionService.ShellAsync), async (sessions, caller) =>
        {
            using var terminal = new TestTerminal();
            await sessions.ShellAsync(caller, Request, terminal, default);
        }),
        new(ProtocolChannel.SshExec, nameof(SessionService.ExecAsync), (sessions, caller) => sessions.ExecAsync(caller, Request, new CommandRequest { Command = "sleep 600" }, default)),
    ];

    /// <summary>Channels that nothing opens yet. Whoever opens one takes it from here and gives it a row above.</summary>
    internal static IReadOnlyList<ProtocolChannel> NotBuilt { get; } =
    [
        ProtocolChannel.SftpChannel, ProtocolChannel.X11, ProtocolChannel.AgentForwarding, ProtocolChannel.LocalForwarding, ProtocolChannel.RemoteForwarding,
        ProtocolChannel.DirectTcp, ProtocolChannel.Rdp, ProtocolChannel.Sql, ProtocolChannel.Tunnel,
    ];

    /// <summary>Gates that refuse. Approval, a second factor and limits get their rows with their features.</summary>
    internal static IReadOnlyList<Gate> Gates { get; } =
    [
        new("user", store => store.Engine.Users.Change(TempStore.Admin, Ana, new UserChange { ValidUntil = DateTimeOffset.UtcNow.AddSeconds(-1) }), "UserNotActive"),
        new("role", store => store.Engine.Roles.Remove(TempStore.Admin, new RoleHolder(Ana), Role.Operator, null), "NotOperator"),
        new("grant", store => store.Engine.Grants.Revoke(TempStore.Admin, Ana, new AssetReference("web-1"), []), "NotGranted"),
        new("policy", store => store.Engine.Policies.Add(TempStore.Admin, new NewControlPolicy { Name = "closed", Rules = [ProtocolControl.Of([])] }), "DeniedByPolicy"),
        new("state of the asset", store => store.Engine.Context.Database.Write(connection => connection.Execute("UPDATE assets SET state = 'Stopped'")), "AssetNotRunning"),
        new("credential", store => store.Engine.AssetAccounts.Change(TempStore.Admin, new AssetReference("web-1"), Environment.UserName, new AssetAccountChange { PrivateKey = new(true, null) }), "CredentialMissing"),
        new("recorder", store =>
        {
            string recordings = Path.Combine(store.Folder, "recordings");
            if (Directory.Exists(recordings)) Directory.Delete(recordings, recursive: true);
            File.WriteAllText(recordings, "");
        }, "RecordingUnavailable"),
        new("host key", store => store.Engine.HostKeys.SetTrustOnFirstUse(TempStore.Admin, trust: false), "HostKeyUnknown"),
    ];

    /// <summary>Gates that end a session which is open. The others only count before it.</summary>
    internal static IReadOnlyList<string> Ending { get; } = ["user", "role", "grant", "policy"];
}
