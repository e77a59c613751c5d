using System.Reflection;
using Bastion.Assets;
using Bastion.Audit.Sessions;
using Bastion.Store;
using Bastion.Unit.Console;
using Bastion.Users;

namespace Bastion.Unit.Sessions;

/// <summary>A store on the real clock in which ana may log on to one real sshd, and the console with the module over it.</summary>
internal sealed class SessionStore : IDisposable
{
    private readonly StoreLocation _location = new(Directory.CreateTempSubdirectory("bastion-session-").FullName);

    internal SessionStore(SshServer server)
    {
        Engine = Engine.Create(_location);
        Engine.Assets.Add(TempStore.Admin, new NewAsset { Name = "web-1", OwnerAccountId = "1000000000000003", PrivateAddress = "127.0.0.1", Ports = new Dictionary<string, int> { ["SSH"] = server.Port } });
        Engine.AssetAccounts.Add(TempStore.Admin, new AssetReference("web-1"), new NewAssetAccount { Name = Environment.UserName, PrivateKey = server.ClientKey });
        Engine.Users.Add(TempStore.Admin, new NewUser { Name = "ana" });
        Engine.Grants.Add(TempStore.Admin, new UserReference("ana"), new AssetReference("web-1"), [Environment.UserName], null, null);
    }

    internal Engine Engine { get; }

    internal string Folder => _location.Folder;

    /// <summary>The newest session.</summary>
    internal SessionAudit Newest => Engine.SessionAudits.List(new SessionAuditFilter()).First();

    /// <summary>The console in a terminal, with commands to run; it leaves when they are done.</summary>
    internal Task<Tmux> StartAsync(string commands, int columns = 80, int rows = 24) =>
        Tmux.StartAsync(["dotnet", Console, "-c", commands], columns, rows, [("BASTION_STORE", Folder)]);

    private static string Console { get; } = typeof(SessionStore).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Console").Value!;

    /// <summary>What the newest session's recording shows, as text.</summary>
    internal string Recorded() => string.Join('\n', global::Bastion.Audit.Replay.ReplayText.Lines(Newest.Recording!));

    /// <summary>Whether a text stands anywhere in the files of the store.</summary>
    internal bool HoldsInClear(string secret) => _location.HoldsInClear(secret);

    public void Dispose()
    {
        Engine.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
