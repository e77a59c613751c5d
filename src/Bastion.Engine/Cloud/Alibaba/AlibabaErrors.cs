using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba;

/// <summary>Turns what the cloud, the network and the configuration say into errors with a stable id and the way out.</summary>
internal static class AlibabaErrors
{
    internal static CloudException From(RpcFault fault, RpcCall call)
    {
        string host = call.Endpoint.Authority, subject = call.Account ?? call.Name;
        return fault.Kind switch
        {
            RpcFaultKind.Untrusted => new CloudException("CloudUntrusted", ErrorKind.Security, host, null,
                $"No trusted connection to {host}: {fault.Message}. Check the certificate and the proxy between here and there.", fault.InnerException),
            RpcFaultKind.Unreachable => new CloudException("CloudUnreachable", ErrorKind.Connection, host, null,
                $"{host} can't be reached: {fault.Message}. Check the network, the proxy and the endpoint, then repeat.", fault.InnerException),
            RpcFaultKind.TimedOut => new CloudException("CloudTimeout", ErrorKind.Timeout, host, null,
                $"{host} gave {fault.Message} to {call.Name}. Check the network and the proxy, then repeat.", fault.InnerException),
            RpcFaultKind.Unreadable when !fault.IsUnavailable && !fault.IsThrottling => new CloudException("CloudAnswerInvalid", ErrorKind.Connection, host, null, fault.Status == 0
                ? $"{host} answered {call.Name} in a form that is not the cloud's: {fault.Message}. Check the endpoint; if it is the cloud's own, report this."
                : $"{host} answered {call.Name} with HTTP {fault.Status} and what is not the cloud's: '{fault.Message}'. Check the endpoint and the proxy in between."),
            _ => Refused(fault, call, subject),
        };
    }

    internal static CloudException NoCredentials(string why, Exception? inner = null) => new("CloudCredentialsMissing", ErrorKind.Authentication, null, null,
        $"No key for the cloud: {why}. Set it right, or connect with another source of credentials (Connect-BhCloud).", inner);

    internal static CloudException NoCredentialsAnywhere(IEnumerable<string> reasons) => new("CloudCredentialsMissing", ErrorKind.Authentication, null, null,
        $"No source gives a key for the cloud. Give one with Connect-BhCloud -AccessKey, or set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET. Tried: {string.Join(" | ", reasons)}");

    internal static CloudException BadProfile(string? name, string message) => new("CloudProfileInvalid", ErrorKind.InvalidInput, Printable.Escape(name), null, message);

    internal static CloudException BadEndpoint(string endpoint, string why) => new("CloudEndpointInvalid", ErrorKind.InvalidInput, Shown(endpoint), null,
        $"The endpoint '{Shown(endpoint)}' {why}. Leave it out for the cloud itself.");

    internal static CloudException InsecureEndpoint(Uri endpoint) => new("CloudEndpointInsecure", ErrorKind.Security, endpoint.Authority, null,
        $"The endpoint '{endpoint.Authority}' would be used without encryption. Use https; plain http is for this machine only.");

    internal static CloudException BadRegion(string region) => new("CloudRegionNotFound", ErrorKind.InvalidInput, Printable.Escape(region), null,
        $"'{Printable.Escape(region)}' is not a region. They are called like cn-hangzhou or eu-central-1.");

    internal static CloudException BadRole(string role) => new("CloudRoleNameInvalid", ErrorKind.InvalidInput, Printable.Escape(role), null,
        $"'{Printable.Escape(role)}' can't be the name of a role: up to 64 letters, digits, '.', '-' or '_'. Give the name alone, not the ARN (Connect-BhCloud -RoleName).");

    internal static CloudException BadAccount(string account) => new("CloudAccountNotFound", ErrorKind.InvalidInput, Printable.Escape(account), null,
        $"'{Printable.Escape(account)}' is not an account of the cloud: its ids have 16 digits.");

    /// <summary>A listing that gives one page again and again, or ends before all that it counts was shown.</summary>
    internal static CloudException Unending(RpcCall call) => new("CloudAnswerInvalid", ErrorKind.Connection, call.Endpoint.Authority, null,
        $"{call.Endpoint.Authority} doesn't page through {call.Name} as it should: rows would be missing. Nothing of this account is taken over; repeat, and report this if it stays.");

    /// <summary>A role that could not be taken on.</summary>
    internal static CloudException NoRole(CloudException cause, string role, string account, string caller) => cause.Code switch
    {
        "EntityNotExist.Role" => new CloudException("CloudRoleNotFound", ErrorKind.NotFound, account, cause.Code,
            $"Account {account} has no role '{role}'. Make it there, trusting account {caller}, or name another for all accounts with Connect-BhCloud -RoleName."),
        "NoPermission" or "Forbidden.RAM" => new CloudException("CloudAccessDenied", ErrorKind.Denied, account, cause.Code,
            $"The role '{role}' of account {account} can't be taken on by account {caller}. The user or role here needs sts:AssumeRole and may not be the root user; "
            + "the role there must trust this account; the member must have joined and not be suspended."),
        _ => cause,
    };

    private static CloudException Refused(RpcFault fault, RpcCall call, string subject)
    {
        string code = fault.Code ?? $"HTTP {fault.Status}", said = $"{call.Name} was answered with {code}{(fault.Message.Length == 0 ? "" : $": {fault.Message}")}";
        string of = call.Account is null ? "" : $"Account {call.Account}: ", region = call.Region is null ? "" : $" in {Printable.Escape(call.Region)}";
        CloudException Error(string id, ErrorKind kind, string what) => new(id, kind, subject, fault.Code, of + what);
        CloudException Rejected(string what) => Error("CloudCredentialsRejected", ErrorKind.Authentication, what);
        return fault switch
        {
            { IsThrottling: true } => Error("CloudThrottled", ErrorKind.Connection,
                $"The cloud refuses {call.Name}{region} for too many calls, even after waiting ({code}). Repeat later or with fewer accounts at a time."),
            { IsUnavailable: true } => Error("CloudUnavailable", ErrorKind.Connection, $"The cloud is disturbed, even after waiting: {said}. Repeat later."),
            { IsTokenExpired: true } => Error("CloudTokenExpired", ErrorKind.Authentication,
                "The temporary key has expired and its source gives no newer one. Get a new one and connect again (Connect-BhCloud)."),
            { IsClockOff: true } => Error("CloudClockWrong", ErrorKind.Authentication,
                "The cloud finds this machine's time more than 15 minutes off. Set the clock and its time zone right."),
            { Code: "InvalidAccessKeyId.NotFound" } => Rejected("The cloud doesn't know the access key's id. Check it, or connect with another key (Connect-BhCloud)."),
            { Code: "InvalidAccessKeyId.Inactive" } => Rejected("The access key is disabled. Enable it in the cloud, or connect with another (Connect-BhCloud)."),
            { Code: "SignatureDoesNotMatch" or "IncompleteSignature" } => Rejected(
                "The access key's secret is not the right one for its id, or a proxy changed the request. Connect with the right secret (Connect-BhCloud)."),
            { Code: "MissingSecurityToken" or "InvalidSecurityToken.Malformed" or "InvalidSecurityToken.MismatchWithAccessKey" } => Rejected(
                $"The security token is missing, damaged or of another key ({code}). Give id, secret and token of one temporary key together (Connect-BhCloud)."),
            { Code: "MissingAccessKeyId" } => Rejected("The request arrived without its key. A proxy may have removed the Authorization header."),
            { Code: "InvalidProtocol.NeedSsl" } => Error("CloudEndpointInsecure", ErrorKind.Security, "The cloud wants https. Change the endpoint (Connect-BhCloud -Endpoint)."),
            { Code: "ResourceDirectoryNotInUse" or "EntityNotExists.ResourceDirectory" } => Error("CloudNotInDirectory", ErrorKind.NotFound,
                $"The account of this key is in no resource directory ({code}). Enable one, or connect with a key of the management account or of a delegated administrator."),
            { Code: "NoPermission.ResourceDirectory.MemberAccount" } => Error("CloudNotAdministrator", ErrorKind.Denied,
                $"The account of this key is a plain member of the directory and may not {call.Name}. Connect with a key of the management account, or make this account a delegated administrator."),
            { Code: "EntityNotExists.Account" or "InvalidParameter.AccountId" } => Error("CloudAccountNotFound", ErrorKind.NotFound,
                $"The directory has no such member ({code}). Get-BhMemberAccount -Available lists them."),
            { Code: "InvalidRegionId.NotFound" or "InvalidRegionId" or "Unauthorized.EmptyRegion" } => Error("CloudRegionNotFound", ErrorKind.NotFound,
                $"{call.Name}: there is no such region for the account{region} ({code}). Check its spelling, or leave it out for all regions."),
            _ when fault.Status == 403 || IsDenial(code) => Error("CloudAccessDenied", ErrorKind.Denied, $"{said}{region}. Allow that action; Test-BhCloudPermission shows all that is missing."),
            _ => Error("CloudRefused", ErrorKind.Connection, $"{said}{region}. If the endpoint is the cloud's own, report this."),
        };
    }

    private static bool IsDenial(string code) => code.StartsWith("Forbidden", StringComparison.Ordinal) || code.StartsWith("NoPermission", StringComparison.Ordinal) || code.StartsWith("Unauthorized", StringComparison.Ordinal);

    // What can't be read as an address may hold a password in front of an @.
    private static string Shown(string endpoint) => Printable.Escape(endpoint[(endpoint.LastIndexOf('@') + 1)..]);
}
