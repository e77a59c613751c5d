namespace Bastion.Sandbox.Cloud;

/// <summary>An answer that is an error; becomes the cloud's error body.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">The cloud's code.</param>
/// <param name="message">The cloud's text.</param>
internal sealed class CloudError(int status, string code, string message) : Exception(message)
{
    public int Status => status;
    public string Code => code;

    /// <summary>Milliseconds for <c>x-acs-retry-after</c>; null: the header is not sent.</summary>
    public int? RetryAfterMs { get; init; }

    /// <summary>What RAM refused; null when the error is no refusal.</summary>
    public AccessDenied? Denied { get; init; }

    public static CloudError SignatureDoesNotMatch(string stringToSign, string canonicalRequest) => new(400, "SignatureDoesNotMatch",
        "Specified signature does not match our calculation. "
        + $"server StringToSign is [{stringToSign}] server CanonicalRequest is [{canonicalRequest}]");

    public static CloudError IncompleteSignature(string why) => new(400, "IncompleteSignature",
        $"The request signature does not conform to Aliyun standards. {why}");

    public static CloudError MissingAccessKeyId() => new(400, "MissingAccessKeyId", "AccessKeyId is mandatory for this action.");

    public static CloudError AccessKeyNotFound() => new(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");

    public static CloudError AccessKeyInactive() => new(400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.");

    public static CloudError TimeStampExpired() => new(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");

    public static CloudError TimeStampFormat() => new(400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");

    public static CloudError NonceUsed() => new(400, "SignatureNonceUsed", "Specified signature nonce was used already.");

    public static CloudError MissingSecurityToken() => new(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.");

    public static CloudError TokenExpired() => new(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");

    public static CloudError TokenMalformed() => new(400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed.");

    public static CloudError TokenMismatch() => new(400, "InvalidSecurityToken.MismatchWithAccessKey",
        "Specified SecurityToken mismatch with the AccessKey.");

    public static CloudError UnknownAction() => new(404, "InvalidAction.NotFound",
        "Specified api is not found, please check your url and method.");

    public static CloudError UnknownVersion() => new(400, "InvalidVersion", "Specified parameter Version is not valid.");

    public static CloudError Missing(string parameter) => new(400, $"Missing{parameter}", $"{parameter} is mandatory for this action.");

    public static CloudError Invalid(string parameter, string? why = null) => new(400, "InvalidParameter",
        why ?? $"The specified parameter \"{parameter}\" is not valid.");

    public static CloudError NoPermission(string message, AccessDenied? denied = null) => new(403, "NoPermission", message) { Denied = denied };
}

/// <summary>Who was refused what.</summary>
internal sealed record AccessDenied(string AuthAction, string AuthPrincipalDisplayName, string AuthPrincipalOwnerId, string AuthPrincipalType)
{
    public string NoPermissionType { get; } = "ImplicitDeny";
    public string PolicyType { get; } = "AccountLevelIdentityBasedPolicy";
    public string EncodedDiagnosticMessage { get; } = "";

    public static AccessDenied To(string action, Principal who) => new(action, who.UserName ?? who.SessionName ?? "root", who.AccountId,
        who.Kind switch { PrincipalKind.RamUser => "SubUser", PrincipalKind.AssumedRole => "AssumedRoleUser", _ => "Account" });
}
