namespace Bastion.Sandbox.Hosts;

/// <summary>A real host that stands for an instance.</summary>
/// <param name="InstanceId">Which instance.</param>
/// <param name="AccountId">Who owns it.</param>
/// <param name="Name">The instance's name; also the host's own name where the system allows it.</param>
/// <param name="Port">On 127.0.0.1.</param>
/// <param name="User">Login name: whoever runs the rehearsal.</param>
/// <param name="PrivateKeyPath">OpenSSH private key that opens every host of the rehearsal.</param>
/// <param name="HostKeyFingerprint"><c>SHA256:…</c> of the host's ed25519 key.</param>
/// <param name="ProcessId">Of its <c>sshd</c>.</param>
public sealed record HostInfo(
    string InstanceId, string AccountId, string Name, int Port, string User, string PrivateKeyPath, string HostKeyFingerprint, int ProcessId);
