using System.Security.Cryptography;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Compression;
using Renci.SshNet.Messages.Transport;
using Renci.SshNet.Security;
using Renci.SshNet.Security.Cryptography;

namespace Bastion.Sessions.Ssh;

/// <summary>A key exchange of SSH.NET that tells, on the thread that receives, when it starts.</summary>
internal sealed class WatchedKeyExchange(IKeyExchange inner, Action started) : IKeyExchange
{
    public event EventHandler<HostKeyEventArgs> HostKeyReceived
    {
        add => inner.HostKeyReceived += value;
        remove => inner.HostKeyReceived -= value;
    }

    public string Name => inner.Name;

    public byte[] ExchangeHash => inner.ExchangeHash;

    /// <summary>Lets <paramref name="started"/> see every exchange of a connection.</summary>
    internal static void WatchAll(ConnectionInfo info, Action started)
    {
        foreach (string name in info.KeyExchangeAlgorithms.Keys.ToArray())
        {
            Func<IKeyExchange> make = info.KeyExchangeAlgorithms[name];
            info.KeyExchangeAlgorithms[name] = () => new WatchedKeyExchange(make(), started);
        }
    }

    public void Start(Session session, KeyExchangeInitMessage message, bool sendClientInitMessage)
    {
        started();
        inner.Start(session, message, sendClientInitMessage);
    }

    public void Finish() => inner.Finish();

    public Cipher CreateClientCipher(out bool isAead) => inner.CreateClientCipher(out isAead);

    public Cipher CreateServerCipher(out bool isAead) => inner.CreateServerCipher(out isAead);

    public HashAlgorithm CreateServerHash(out bool isEncryptThenMAC) => inner.CreateServerHash(out isEncryptThenMAC);

    public HashAlgorithm CreateClientHash(out bool isEncryptThenMAC) => inner.CreateClientHash(out isEncryptThenMAC);

    public Compressor CreateCompressor() => inner.CreateCompressor();

    public Compressor CreateDecompressor() => inner.CreateDecompressor();

    public void Dispose() => inner.Dispose();
}
