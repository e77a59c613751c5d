namespace Bastion.Users.Keys;

/// <summary>What was given is no public key that can be used. The text itself is never repeated.</summary>
/// <param name="why">What is wrong with it.</param>
public sealed class InvalidPublicKeyException(string why) : BastionException("InvalidPublicKey", ErrorKind.InvalidInput, null,
    $"This is not a public key that can be used: {why}. Give the line that stands in the .pub file of ssh-keygen, e.g. 'ssh-ed25519 AAAA… name'.");

/// <summary>The key can be broken with today's means.</summary>
/// <param name="what">What it is.</param>
public sealed class WeakPublicKeyException(string what) : BastionException("WeakPublicKey", ErrorKind.InvalidInput, null,
    $"{what} is too weak to sign in with. Make a new key with: ssh-keygen -t ed25519");

/// <summary>A private key was given where the public one belongs. It is not kept and not shown.</summary>
public sealed class PrivateKeyGivenException() : BastionException("PrivateKeyGiven", ErrorKind.Security, null,
    "This is a private key. It was not kept; give its public half, the .pub file. If somebody else could have seen the private key by now (a shared screen, a log, a history file), make a new pair with: ssh-keygen -t ed25519");

/// <summary>Another user signs in with the key.</summary>
/// <param name="fingerprint">The key.</param>
/// <param name="user">Who has it.</param>
public sealed class PublicKeyTakenException(string fingerprint, string user) : BastionException("PublicKeyTaken", ErrorKind.AlreadyExists, fingerprint,
    $"The key {fingerprint} signs in user '{user}' already, and a key can mean one user only. Use another key, or take it from that user first: Remove-BhUserPublicKey '{user}' -Fingerprint '{fingerprint}'");

/// <summary>The user has no such key.</summary>
/// <param name="user">The user.</param>
/// <param name="fingerprint">The key.</param>
public sealed class PublicKeyNotFoundException(string user, string fingerprint) : BastionException("PublicKeyNotFound", ErrorKind.NotFound, Printable.Escape(fingerprint),
    $"User '{user}' has no key with the fingerprint '{Printable.Escape(fingerprint)}'. Get-BhUserPublicKey '{user}' lists the keys.");
