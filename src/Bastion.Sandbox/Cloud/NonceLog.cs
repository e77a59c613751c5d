namespace Bastion.Sandbox.Cloud;

/// <summary>Remembers nonces for as long as their requests could be sent again.</summary>
internal sealed class NonceLog
{
    // A request dated at the far end of the window stays acceptable for twice the window
    private static readonly TimeSpan Kept = SignatureVerifier.Window * 2;

    private readonly Lock _gate = new();
    private readonly HashSet<(string Key, string Nonce)> _used = [];
    private readonly Queue<(DateTimeOffset Until, (string Key, string Nonce) Entry)> _byAge = new();

    /// <summary>False when the key used the nonce before.</summary>
    public bool TryUse(string keyId, string nonce, DateTimeOffset now)
    {
        lock (_gate)
        {
            while (_byAge.TryPeek(out (DateTimeOffset Until, (string, string) Entry) oldest) && oldest.Until < now)
                _used.Remove(_byAge.Dequeue().Entry);
            if (!_used.Add((keyId, nonce))) return false;
            _byAge.Enqueue((now + Kept, (keyId, nonce)));
            return true;
        }
    }
}
