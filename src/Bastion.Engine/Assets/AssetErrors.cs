namespace Bastion.Assets;

/// <summary>The cloud owns this property.</summary>
/// <param name="name">The asset.</param>
public sealed class AssetFromCloudException(string name) : BastionException("AssetFromCloud", ErrorKind.Conflict, name,
    $"Asset '{name}' was imported: its addresses, owner and system follow the cloud. Change them there and run Import-BhAsset; here you can change its name, comment, ports and address type.");

/// <summary>An address is neither an IP address nor a domain name.</summary>
/// <param name="address">What was given.</param>
public sealed class InvalidAddressException(string address) : BastionException("InvalidAddress", ErrorKind.InvalidInput, Printable.Escape(address),
    $"'{Printable.Escape(address)}' is neither an IP address nor a domain name.");

/// <summary>The asset has no address of the type in use.</summary>
/// <param name="name">The asset.</param>
/// <param name="type">The type.</param>
public sealed class AddressMissingException(string name, AddressType type) : BastionException("AddressMissing", ErrorKind.InvalidInput, name,
    $"Asset '{name}' has no {type.ToString().ToLowerInvariant()} address. Give it with -{type}Address, or use the other with -AddressType.");

/// <summary>A protocol or port is not one.</summary>
/// <param name="asset">The asset.</param>
/// <param name="protocol">What was given.</param>
/// <param name="port">The port.</param>
public sealed class InvalidPortException(string asset, string protocol, int port) : BastionException("InvalidPort", ErrorKind.InvalidInput, asset,
    $"'{Printable.Escape(protocol)}:{port}' is not a protocol and port. Protocols are {string.Join(", ", Protocols.All)}; ports go from 1 to 65535.");
