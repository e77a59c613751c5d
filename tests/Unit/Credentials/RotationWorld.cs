using System.Diagnostics;
using Bastion.Assets;
using Bastion.Credentials.Rotation;
using Bastion.Credentials.Secrets;
using Bastion.Store;

namespace Bastion.Unit.Credentials;

/// <summary>A store with one asset, and what the tests of rotation ask of it.</summary>
internal sealed class RotationWorld : IDisposable
{
    internal static readonly AssetReference Asset = new("box");
    private readonly StoreLocation _location = new(Directory.CreateTempSubdirectory("bastion-rotation-").FullName);

    internal RotationWorld(string protocol, int port, params NewAssetAccount[] accounts)
    {
        Engine = Engine.Create(_location);
        Engine.Assets.Add(TempStore.Admin, new NewAsset { Name = "box", OwnerAccountId = "1", PrivateAddress = "127.0.0.1", Ports = new Dictionary<string, int> { [protocol] = port } });
        foreach (NewAssetAccount account in accounts) Engine.AssetAccounts.Add(TempStore.Admin, Asset, account);
    }

    internal Engine Engine { get; private set; }

    internal AssetAccount Account(string name = "app") => Engine.AssetAccounts.Resolve(Asset, name);

    internal Task<SecretChangeResult?> UpdateAsync(SecretChangeRequest? request = null, string name = "app") =>
        Engine.SecretRotation.UpdateAsync(TempStore.Admin, Account(name), (request ?? new()) with { Timeout = TimeSpan.FromSeconds(30) }, CancellationToken.None);

    internal Task<CredentialTest> TestAsync(string name = "app") => Engine.CredentialTests.TestAsync(TempStore.Admin, Account(name), TimeSpan.FromSeconds(30), CancellationToken.None);

    internal string? Secret(string what, string name = "app") =>
        Engine.Context.Database.Read(connection => Engine.Context.Vault.GetText(connection, AccountSecrets.Purpose(Account(name).Id, what)));

    /// <summary>Changes a secret in another process that is killed at a step.</summary>
    internal async Task KilledAtAsync(SecretChangeStep step, SecretKind what)
    {
        Engine.Dispose();
        string self = typeof(RotationWorld).Assembly.Location;
        using Process child = Process.Start(new ProcessStartInfo("dotnet", ["exec", self, "rotation", _location.Folder, what.ToString(), step.ToString()]) { UseShellExecute = false, RedirectStandardError = true })!;
        string errors = await child.StandardError.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.True(child.ExitCode == 128 + 9, $"The child ended with {child.ExitCode}: {errors}");
        Engine = Engine.Open(_location);
    }

    /// <summary>The child's part.</summary>
    internal static int Run(string[] arguments)
    {
        using Engine engine = Engine.Open(new StoreLocation(arguments[0]));
        var step = Enum.Parse<SecretChangeStep>(arguments[2]);
        engine.SecretRotation.UpdateAsync(TempStore.Admin, engine.AssetAccounts.Resolve(Asset, "app"), new SecretChangeRequest
        {
            Secret = Enum.Parse<SecretKind>(arguments[1]),
            Timeout = TimeSpan.FromSeconds(30),
            OnStep = reached =>
            {
                if (reached == step) Process.GetCurrentProcess().Kill();
                Thread.Sleep(reached == step ? Timeout.Infinite : 0);
            },
        }, CancellationToken.None).GetAwaiter().GetResult();
        return 0;
    }

    internal bool HoldsInClear(string secret) => _location.HoldsInClear(secret);

    public void Dispose()
    {
        Engine.Dispose();
        Directory.Delete(_location.Folder, recursive: true);
    }
}
