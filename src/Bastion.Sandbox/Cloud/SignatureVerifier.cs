using System.Globalization;

namespace Bastion.Sandbox.Cloud;

/// <summary>Decides whose request it is, or says with the cloud's own codes why it is nobody's.</summary>
internal sealed class SignatureVerifier(KeyRing keys, NonceLog nonces, TimeProvider clock)
{
    /// <summary>How far a request's date may be off, either way.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <exception cref="CloudError">The request is not authentic, too old, or repeated.</exception>
    public Principal Verify(WireRequest request)
    {
        SignatureHeader header = SignatureHeader.Parse(request.Header("authorization"));
        DateTimeOffset now = clock.GetUtcNow();
        CheckDate(request.Header("x-acs-date"), now);
        string nonce = request.Header("x-acs-signature-nonce") is { Length: > 0 } value ? value : throw CloudError.Missing("SignatureNonce");
        AccessKey key = keys.Find(header.AccessKeyId) ?? throw CloudError.AccessKeyNotFound();
        if (!key.Active) throw CloudError.AccessKeyInactive();
        CheckToken(request.Header("x-acs-security-token"), key);
        CheckSignature(request, header, key);
        if (key.Expires <= now) throw CloudError.TokenExpired();
        if (!nonces.TryUse(key.Id, nonce, now)) throw CloudError.NonceUsed();
        return key.Principal;
    }

    private static void CheckDate(string? date, DateTimeOffset now)
    {
        if (date is null) throw CloudError.Missing("Timestamp");
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParseExact(date, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, Utc, out DateTimeOffset sent))
            throw CloudError.TimeStampFormat();
        if ((now - sent).Duration() > Window) throw CloudError.TimeStampExpired();
    }

    private void CheckToken(string? token, AccessKey key)
    {
        if (token is null)
        {
            if (key.Token is not null) throw CloudError.MissingSecurityToken();
            return;
        }
        if (key.Token == token) return;
        throw keys.HasToken(token) ? CloudError.TokenMismatch() : CloudError.TokenMalformed();
    }

    private static void CheckSignature(WireRequest request, SignatureHeader header, AccessKey key)
    {
        var signed = new HashSet<string>(header.SignedHeaders, StringComparer.OrdinalIgnoreCase);
        string? unsigned = request.HeaderNames.FirstOrDefault(n => MustBeSigned(n) && !signed.Contains(n));
        if (unsigned is not null) throw CloudError.IncompleteSignature($"The header {unsigned.ToLowerInvariant()} must be signed.");
        string? absent = signed.FirstOrDefault(n => request.Header(n) is null);
        if (absent is not null) throw CloudError.IncompleteSignature($"The signed header {absent} was not sent.");

        string received = SignatureV3.Hash(request.Body);
        string claimed = request.Header("x-acs-content-sha256") ?? throw CloudError.IncompleteSignature("x-acs-content-sha256 was not sent.");
        string canonical = SignatureV3.Canonical(
            request.Method,
            request.Path,
            request.Query,
            signed.Select(n => (n, request.HeaderValues(n))),
            received);
        string stringToSign = SignatureV3.StringToSign(canonical);
        if (claimed != received || !SignatureV3.Same(SignatureV3.Sign(key.Secret, stringToSign), header.Signature))
            throw CloudError.SignatureDoesNotMatch(stringToSign, canonical);
    }

    private static bool MustBeSigned(string name) =>
        name.StartsWith("x-acs-", StringComparison.OrdinalIgnoreCase)
        || name.Equals("host", StringComparison.OrdinalIgnoreCase)
        || name.Equals("content-type", StringComparison.OrdinalIgnoreCase);
}
