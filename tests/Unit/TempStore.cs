using System.Net;
using System.Text;
using Bastion.Audit.Events;
using Bastion.Store;
using Microsoft.Extensions.Time.Testing;

namespace Bastion.Unit;

/// <summary>A real store in a folder of its own, with a clock that tests set.</summary>
public sealed class TempStore : IDisposable
{
    public TempStore()
    {
        Location = new StoreLocation(Directory.CreateTempSubdirectory("bastion-test-").FullName);
        Engine = Engine.Create(Location, Clock);
    }

    /// <summary>A copy of a store that nobody has open.</summary>
    public TempStore(string folder)
    {
        Location = new StoreLocation(Directory.CreateTempSubdirectory("bastion-test-").FullName);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(Location.Folder, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Engine = Engine.Open(Location, Clock);
    }

    public static Caller Admin { get; } = new("tester", IPAddress.Loopback, FrontDoor.Module, IsAdministrator: true);

    public static Caller Stranger { get; } = Admin with { Name = "stranger", IsAdministrator = false };

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

    public StoreLocation Location { get; }

    public Engine Engine { get; private set; }

    /// <summary>Audit events of one action, newest first.</summary>
    public IReadOnlyList<AuditEvent> Events(string action) =>
        [.. Engine.AuditEvents.List(new AuditEventFilter { Actions = [new(action)] })];

    /// <summary>Closes the store and opens it again, as another process would.</summary>
    public Engine Reopen()
    {
        Engine.Dispose();
        return Engine = Engine.Open(Location, Clock);
    }

    public void Dispose()
    {
        Engine.Dispose();
        Directory.Delete(Location.Folder, recursive: true);
    }
}

internal static class StoreFiles
{
    /// <summary>Whether a text stands as it is anywhere in the files of a store.</summary>
    internal static bool HoldsInClear(this StoreLocation location, string secret) => Directory.EnumerateFiles(location.Folder, "*", SearchOption.AllDirectories)
        .Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0);
}
