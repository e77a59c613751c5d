namespace Bastion.Sandbox.Cloud;

/// <summary>The parts of an <c>Authorization: ACS3-HMAC-SHA256 …</c> header.</summary>
internal sealed record SignatureHeader(string AccessKeyId, IReadOnlyList<string> SignedHeaders, string Signature)
{
    public const string Algorithm = "ACS3-HMAC-SHA256";

    public static SignatureHeader Parse(string? authorization)
    {
        if (string.IsNullOrWhiteSpace(authorization)) throw CloudError.MissingAccessKeyId();
        if (!authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
            throw CloudError.IncompleteSignature($"Only {Algorithm} is served here.");
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in authorization[(Algorithm.Length + 1)..].Split(','))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !parts.TryAdd(part[..equals].Trim(), part[(equals + 1)..].Trim()))
                throw CloudError.IncompleteSignature("The Authorization header can't be read.");
        }
        string id = parts.GetValueOrDefault("Credential", "");
        if (id.Length == 0) throw CloudError.MissingAccessKeyId();
        if (!parts.TryGetValue("SignedHeaders", out string? names) || !parts.TryGetValue("Signature", out string? signature) || signature.Length == 0)
            throw CloudError.IncompleteSignature("Credential, SignedHeaders and Signature are all needed.");
        return new SignatureHeader(id, names.Split(';', StringSplitOptions.RemoveEmptyEntries), signature);
    }
}
