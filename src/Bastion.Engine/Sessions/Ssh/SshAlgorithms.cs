using Renci.SshNet;

namespace Bastion.Sessions.Ssh;

/// <summary>
/// What Bastion agrees to, best first. Left out of what SSH.NET can do: everything with SHA-1 (key exchange, MACs, <c>ssh-rsa</c> and <c>ssh-dss</c> signatures),
/// CBC modes and 3DES, 1024-bit groups, compression, and host certificates (no authority is kept that could vouch for them).
/// </summary>
internal static class SshAlgorithms
{
    // curve25519 before the hybrids: those cost 50 ms and more at every start.
    private static readonly string[] KeyExchanges =
    [
        "curve25519-sha256", "curve25519-sha256@libssh.org", "mlkem768x25519-sha256", "sntrup761x25519-sha512", "sntrup761x25519-sha512@openssh.com",
        "ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521",
        "diffie-hellman-group16-sha512", "diffie-hellman-group18-sha512", "diffie-hellman-group-exchange-sha256", "diffie-hellman-group14-sha256",
    ];

    private static readonly string[] Encryptions =
        ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com", "aes256-ctr", "aes192-ctr", "aes128-ctr"];

    private static readonly string[] Macs = ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512"];

    private static readonly string[] HostKeys = ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa-sha2-512", "rsa-sha2-256"];

    /// <summary>Signature algorithm that only old servers need.</summary>
    internal const string Sha1Rsa = "ssh-rsa";

    /// <summary>Restricts and orders what is offered; algorithms of key types already known come first.</summary>
    internal static void Restrict(ConnectionInfo info, IReadOnlyList<string> knownKeyTypes)
    {
        Keep(info.KeyExchangeAlgorithms, KeyExchanges);
        Keep(info.Encryptions, Encryptions);
        Keep(info.HmacAlgorithms, Macs);
        Keep(info.HostKeyAlgorithms, [.. HostKeys.Where(a => knownKeyTypes.Contains(KeyTypeOf(a))), .. HostKeys.Where(a => !knownKeyTypes.Contains(KeyTypeOf(a)))]);
        Keep(info.CompressionAlgorithms, ["none"]);
    }

    // An RSA key has one type and two modern ways to sign.
    private static string KeyTypeOf(string algorithm) => algorithm.StartsWith("rsa-sha2-", StringComparison.Ordinal) ? "ssh-rsa" : algorithm;

    private static void Keep<T>(IOrderedDictionary<string, T> offered, IReadOnlyList<string> wanted)
    {
        KeyValuePair<string, T>[] kept = [.. wanted.Where(offered.ContainsKey).Select(name => KeyValuePair.Create(name, offered[name]))];
        offered.Clear();
        foreach (KeyValuePair<string, T> algorithm in kept) offered.Add(algorithm.Key, algorithm.Value);
    }
}
