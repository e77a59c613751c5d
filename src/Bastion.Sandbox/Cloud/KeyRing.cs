using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Bastion.Sandbox.Cloud;

/// <summary>Every key the cloud knows: one RAM user in each account on demand, root keys on demand, issued temporary keys.</summary>
internal sealed class KeyRing(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, AccessKey> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _idByToken = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, PrincipalKind), AccessKey> _permanent = [];
    private DateTimeOffset _sweepAt;

    public AccessKey? Find(string id) => _keys.GetValueOrDefault(id);

    public bool HasToken(string token) => _idByToken.ContainsKey(token);

    /// <summary>The lasting key of an account's RAM user or root; made when first asked for.</summary>
    public AccessKey Permanent(string accountId, PrincipalKind kind)
    {
        lock (_gate)
        {
            if (_permanent.TryGetValue((accountId, kind), out AccessKey? known)) return _keys[known.Id];
            Principal who = kind is PrincipalKind.Root
                ? new(kind, accountId, accountId)
                : new(kind, accountId, "2" + accountId[1..], "bastion");
            var key = new AccessKey("LTAI5t" + Letters(18), Letters(30), who);
            _permanent.Add((accountId, kind), key);
            return _keys[key.Id] = key;
        }
    }

    /// <summary>Issues a temporary key.</summary>
    public AccessKey Issue(Principal role, DateTimeOffset expires)
    {
        Sweep();
        var key = new AccessKey("STS.NU" + Letters(20), Letters(44), role)
        {
            Token = "CAIS" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(384)),
            Expires = expires,
        };
        _keys[key.Id] = key;
        _idByToken[key.Token] = key.Id;
        return key;
    }

    /// <summary>Switches a key off or on.</summary>
    public void SetActive(string id, bool active) => Change(id, k => k with { Active = active });

    /// <summary>Lets the temporary keys of an account, or of all, expire now.</summary>
    public void Expire(string? accountId)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (AccessKey key in _keys.Values.Where(k => k.Token is not null && (accountId is null || k.Principal.AccountId == accountId)))
            Change(key.Id, k => k with { Expires = now });
    }

    private void Change(string id, Func<AccessKey, AccessKey> change)
    {
        while (_keys.TryGetValue(id, out AccessKey? key) && !_keys.TryUpdate(id, change(key), key)) { }
    }

    // Keys stay known for an hour after their end, so that late callers hear "expired" and not "not found"
    private void Sweep()
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            if (now < _sweepAt) return;
            _sweepAt = now + TimeSpan.FromMinutes(10);
        }
        foreach (AccessKey key in _keys.Values.Where(k => k.Expires < now - TimeSpan.FromHours(1)))
        {
            _keys.TryRemove(key.Id, out _);
            _idByToken.TryRemove(key.Token!, out _);
        }
    }

    private static string Letters(int count) =>
        RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", count);
}
