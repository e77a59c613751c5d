using System.Security.Cryptography;
using System.Text;
using Bastion.Vault;

namespace Bastion.Cloud.Connections;

/// <summary>The organisations that the bastion is connected to.</summary>
public sealed class CloudConnectionService
{
    private readonly EngineContext _context;
    private readonly Func<CloudConnection, CloudSecrets?, ICloudInventory> _open;

    internal CloudConnectionService(EngineContext context, Func<CloudConnection, CloudSecrets?, ICloudInventory> open) => (_context, _open) = (context, open);

    /// <summary>All connections, by name.</summary>
    public IReadOnlyList<CloudConnection> List() => _context.Database.Read(CloudConnectionStore.List);

    /// <summary>One connection.</summary>
    /// <param name="name">Its name; <see langword="null"/>: the only one.</param>
    /// <exception cref="CloudConnectionNotFoundException">There is none of that name, or none or several.</exception>
    public CloudConnection Get(string? name)
    {
        IReadOnlyList<CloudConnection> all = List();
        if (name is null) return all switch { [] => throw CloudConnectionNotFoundException.None(), [var only] => only, _ => throw CloudConnectionNotFoundException.Several(all.Select(c => c.Name)) };
        return all.FirstOrDefault(c => Names.Key(c.Name) == Names.Key(name)) ?? throw CloudConnectionNotFoundException.Named(name, Names.Nearest(name, all.Select(c => c.Name)));
    }

    /// <summary>Opens a connection for use.</summary>
    /// <param name="name">Its name; <see langword="null"/>: the only one.</param>
    /// <exception cref="NotAuthorizedException">What it reaches is every account's: that takes an administrator for everything.</exception>
    public OpenCloud Open(string? name)
    {
        _context.RequireEverything(Role.Administrator);
        CloudConnection cloud = Get(name);
        CloudSecrets? secrets = Secrets(cloud);
        try
        {
            return new OpenCloud(cloud, _open(cloud, secrets));
        }
        finally
        {
            secrets?.Wipe(); // the provider keeps its own copy
        }
    }

    /// <summary>Tries a connection and keeps it if it works; one of the same name is replaced.</summary>
    /// <exception cref="BastionException">The cloud refuses the credentials, or the account is in no directory. Nothing is kept then.</exception>
    public async Task<CloudConnection> ConnectAsync(Caller caller, NewCloudConnection connection, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(connection);
        _context.RightsOf(caller).RequireEverything(Role.Administrator);
        var cloud = new CloudConnection
        {
            Name = Names.Check("cloud connection", connection.Name),
            Provider = connection.Provider,
            Endpoint = connection.Endpoint?.OriginalString.Trim(),
            RoleName = connection.RoleName,
            CredentialSource = connection.Source,
            Profile = connection.Profile,
            AccessKeyId = connection.AccessKeyId,
            AccountId = "",
            DirectoryId = "",
            ManagementAccountId = "",
        };
        CloudSecrets? secrets = connection.AccessKeySecret is null ? null : new CloudSecrets(connection.AccessKeySecret, connection.SecurityToken);
        using (ICloudInventory inventory = _open(cloud, secrets))
        {
            CloudIdentity identity = await inventory.GetIdentityAsync(stop);
            CloudDirectory directory = await inventory.GetDirectoryAsync(stop);
            cloud = cloud with { AccountId = identity.AccountId, DirectoryId = directory.Id, ManagementAccountId = directory.ManagementAccountId, ConnectedAt = _context.Now };
        }

        return _context.Change(caller, change =>
        {
            CloudConnection? before = CloudConnectionStore.Find(change.Connection, cloud.Name);
            long id = CloudConnectionStore.Put(change.Connection, cloud);
            change.Keep(Purpose(id, "secret"), secrets?.AccessKeySecret);
            change.Keep(Purpose(id, "token"), secrets?.SecurityToken);
            change.Audit("cloud.connected", cloud.Name, null, $"account {cloud.AccountId}, directory {cloud.DirectoryId}", before, cloud);
            return cloud with { Id = id };
        });
    }

    /// <summary>Forgets a connection and its key.</summary>
    /// <exception cref="BastionException">There is none of that name, or member accounts came through it.</exception>
    public void Remove(Caller caller, string name)
    {
        CloudConnection cloud = Get(name);
        _context.Change(caller, change =>
        {
            long members = CloudConnectionStore.MembersOf(change.Connection, cloud.Id);
            if (members > 0) throw new CloudConnectionInUseException(cloud.Name, members);
            change.Keep(Purpose(cloud.Id, "secret"), null);
            change.Keep(Purpose(cloud.Id, "token"), null);
            CloudConnectionStore.Remove(change.Connection, cloud.Id);
            change.Audit("cloud.disconnected", cloud.Name, before: cloud);
        });
    }

    private static string Purpose(long id, string what) => $"cloud/{id}/{what}";

    private CloudSecrets? Secrets(CloudConnection cloud) => _context.Database.Read(connection =>
        _context.Vault.Get(connection, Purpose(cloud.Id, "secret")) is { } secret ? new CloudSecrets(secret, _context.Vault.Get(connection, Purpose(cloud.Id, "token"))) : null);
}

/// <summary>A connection to be made. Secrets are UTF-8.</summary>
public sealed record NewCloudConnection
{
    /// <summary>The role that a resource directory puts into every member account.</summary>
    public const string DefaultRoleName = "ResourceDirectoryAccountAccessRole";

    /// <summary>Unique name.</summary>
    public required string Name { get; init; }
    /// <summary>The provider.</summary>
    public string Provider { get; init; } = "Alibaba";
    /// <summary>One endpoint for everything; <see langword="null"/>: the provider's own.</summary>
    public Uri? Endpoint { get; init; }
    /// <summary>Role to take on in each member account.</summary>
    public string RoleName { get; init; } = DefaultRoleName;
    /// <summary>Where the credentials come from.</summary>
    public CredentialSource Source { get; init; }
    /// <summary>Name of the profile.</summary>
    public string? Profile { get; init; }
    /// <summary>Id of the access key.</summary>
    public string? AccessKeyId { get; init; }
    /// <summary>Secret of the access key.</summary>
    public byte[]? AccessKeySecret { get; init; }
    /// <summary>Token of a temporary access key.</summary>
    public byte[]? SecurityToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Secrets of a connection, on their way from the vault to the provider.</summary>
internal sealed record CloudSecrets(byte[] AccessKeySecret, byte[]? SecurityToken)
{
    public override string ToString() => "(secret)";

    internal string? TokenText => SecurityToken is null ? null : Encoding.UTF8.GetString(SecurityToken);

    internal void Wipe()
    {
        CryptographicOperations.ZeroMemory(AccessKeySecret);
        CryptographicOperations.ZeroMemory(SecurityToken);
    }
}

/// <summary>A connection in use.</summary>
/// <param name="Connection">What it is.</param>
/// <param name="Inventory">The cloud behind it.</param>
public sealed record OpenCloud(CloudConnection Connection, ICloudInventory Inventory) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Inventory.Dispose();
}

/// <summary>Member accounts came through the connection.</summary>
/// <param name="name">The connection.</param>
/// <param name="members">How many.</param>
public sealed class CloudConnectionInUseException(string name, long members) : BastionException("CloudConnectionInUse", ErrorKind.Conflict, name,
    $"{members} member accounts came through the cloud connection '{name}'. Remove them first with Remove-BhMemberAccount, or connect it anew under the same name with Connect-BhCloud.");
