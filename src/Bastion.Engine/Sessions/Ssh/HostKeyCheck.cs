using System.Buffers.Binary;
using System.Runtime.ExceptionServices;
using System.Text;
using Renci.SshNet.Common;

namespace Bastion.Sessions.Ssh;

/// <summary>Asks the verifier about the key that a host shows, and keeps its refusal for the caller: SSH.NET would only say that the key was not trusted.</summary>
internal sealed class HostKeyCheck(IHostKeyVerifier verifier)
{
    private byte[]? _verified;

    /// <summary>Why the key was refused.</summary>
    internal ExceptionDispatchInfo? Refusal { get; private set; }

    /// <summary>Whether a key was verified: from here on the host may see secrets.</summary>
    internal bool Passed => _verified is not null;

    /// <summary>Runs on SSH.NET's receive thread, after the host has proved that it holds the key; again at every later key exchange.</summary>
    internal void OnHostKey(object? sender, HostKeyEventArgs e)
    {
        e.CanTrust = false;
        if (_verified is not null)
        {
            e.CanTrust = e.HostKey.AsSpan().SequenceEqual(_verified);
            return;
        }

        try
        {
            verifier.Verify(KeyTypeOf(e.HostKey), e.HostKey);
            _verified = e.HostKey;
            e.CanTrust = true;
        }
        catch (Exception refusal)
        {
            Refusal = ExceptionDispatchInfo.Capture(refusal);
        }
    }

    // The blob's own name for its type: the negotiated name is that of the signature (rsa-sha2-512 for an ssh-rsa key).
    private static string KeyTypeOf(byte[] key) => Encoding.ASCII.GetString(key, 4, BinaryPrimitives.ReadInt32BigEndian(key));
}
