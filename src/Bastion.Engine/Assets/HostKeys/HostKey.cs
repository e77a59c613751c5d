namespace Bastion.Assets.HostKeys;

/// <summary>Whether a host key is believed.</summary>
public enum HostKeyState
{
    /// <summary>The host showed it and was refused; nobody has approved it.</summary>
    Offered,
    /// <summary>The host is who it says when it proves this key.</summary>
    Trusted,
}

/// <summary>A public key by which a host proves who it is.</summary>
/// <param name="Asset">Name of the asset.</param>
/// <param name="OwnerAccountId">The account that owns the asset.</param>
/// <param name="KeyType">E.g. <c>ssh-ed25519</c>.</param>
/// <param name="Fingerprint">SHA256 fingerprint, as ssh prints it.</param>
/// <param name="State">Whether it is believed.</param>
/// <param name="SeenAt">When the host first showed it.</param>
/// <param name="TrustedBy">Who believed it: a caller, or <c>first use</c>.</param>
public sealed record HostKey(string Asset, string OwnerAccountId, string KeyType, string Fingerprint, HostKeyState State, DateTimeOffset SeenAt, string? TrustedBy);

/// <summary>The host shows another key than the one that is trusted: it was set up anew, or someone sits in between.</summary>
/// <param name="asset">The asset.</param>
/// <param name="keyType">Type of the key shown.</param>
/// <param name="shown">Its fingerprint.</param>
/// <param name="trusted">The trusted fingerprints.</param>
public sealed class HostKeyChangedException(string asset, string keyType, string shown, string trusted) : BastionException("HostKeyChanged", ErrorKind.Security, asset,
    $"Host '{asset}' shows the {Printable.Escape(keyType)} key {shown}, but {trusted} is trusted. Nothing was sent to it. If the host was set up anew, compare the key there "
    + $"(ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub) and run: Approve-BhAssetHostKey '{asset}' -Fingerprint '{shown}'. If not, someone may sit in between.");

/// <summary>The host's key is not known, and trust on first use is off.</summary>
/// <param name="asset">The asset.</param>
/// <param name="keyType">Type of the key shown.</param>
/// <param name="shown">Its fingerprint.</param>
public sealed class HostKeyUnknownException(string asset, string keyType, string shown) : BastionException("HostKeyUnknown", ErrorKind.Security, asset,
    $"The {Printable.Escape(keyType)} key {shown} of host '{asset}' is not known, and trust on first use is off. Compare it with the host's own "
    + $"(ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then run: Approve-BhAssetHostKey '{asset}' -Fingerprint '{shown}'");

/// <summary>The asset never showed that key.</summary>
/// <param name="asset">The asset.</param>
/// <param name="fingerprint">What was asked for.</param>
public sealed class HostKeyNotFoundException(string asset, string? fingerprint) : BastionException("HostKeyNotFound", ErrorKind.NotFound, asset,
    $"Asset '{asset}' never showed {(fingerprint is null ? "a host key that waits for approval" : $"the host key {Printable.Escape(fingerprint)}")}. Get-BhAssetHostKey '{asset}' lists those it did show.");
