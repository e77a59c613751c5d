using Bastion.Cloud.Alibaba;

namespace Bastion.Cloud.Connections;

/// <summary>The clouds that are spoken here: a folder beside this one and a line below for each.</summary>
internal static class CloudProviders
{
    internal static ICloudInventory Open(CloudConnection connection, CloudSecrets? secrets, TimeProvider clock) => connection.Provider switch
    {
        AlibabaProvider.Name => AlibabaProvider.Open(connection, secrets, clock),
        _ => throw new CloudProviderUnknownException(connection.Provider),
    };
}

/// <summary>No such provider.</summary>
/// <param name="provider">What was asked for.</param>
public sealed class CloudProviderUnknownException(string provider) : BastionException("CloudProviderUnknown", ErrorKind.InvalidInput, Printable.Escape(provider),
    $"'{Printable.Escape(provider)}' is not a cloud that this version knows. It knows {AlibabaProvider.Name}.");
