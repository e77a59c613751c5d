namespace Bastion.Assets;

/// <summary>No such account on the asset.</summary>
/// <param name="name">The account.</param>
/// <param name="asset">The asset.</param>
/// <param name="near">A name that is close, or <see langword="null"/>.</param>
public sealed class AssetAccountNotFoundException(string name, string asset, string? near = null) : BastionException("AssetAccountNotFound", ErrorKind.NotFound, $"{name}@{asset}",
    $"Asset '{asset}' has no account '{Printable.Escape(name)}'.{(near is null ? "" : $" Did you mean '{near}'?")} Get-BhAssetAccount -Asset '{asset}' lists them; New-BhAssetAccount makes one.");

/// <summary>The asset has the account already.</summary>
/// <param name="name">The account.</param>
/// <param name="asset">The asset.</param>
/// <param name="protocol">The protocol.</param>
public sealed class AssetAccountExistsException(string name, string asset, string protocol) : BastionException("AssetAccountExists", ErrorKind.AlreadyExists, $"{name}@{asset}",
    $"Asset '{asset}' has an account '{name}' for {protocol} already. Change it with Set-BhAssetAccount.");

/// <summary>The asset does not speak the protocol.</summary>
/// <param name="asset">The asset.</param>
/// <param name="protocols">What it speaks.</param>
public sealed class ProtocolMissingException(string asset, string protocols) : BastionException("ProtocolMissing", ErrorKind.InvalidInput, asset,
    $"Asset '{asset}' does not speak that protocol{(protocols.Length == 0 ? "" : $" (it speaks {protocols})")}. Give it ports with Set-BhAsset -Port @{{ SSH = 22 }}.");

/// <summary>A key is for SSH only.</summary>
/// <param name="account">Account and asset.</param>
/// <param name="protocol">Its protocol.</param>
public sealed class KeyNeedsSshException(string account, string protocol) : BastionException("KeyNeedsSsh", ErrorKind.InvalidInput, account,
    $"'{account}' is an account for {protocol}; keys log on over SSH only. Keep a password for it.");

/// <summary>The account <c>self</c> keeps no secret.</summary>
/// <param name="asset">The asset.</param>
public sealed class SelfAccountException(string asset) : BastionException("SelfKeepsNoSecret", ErrorKind.InvalidInput, $"{AssetAccount.SelfName}@{asset}",
    $"The account '{AssetAccount.SelfName}' on '{asset}' stands for each user's own login, and no secret is kept for it. Make an account of another name to keep one.");
