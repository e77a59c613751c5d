using System.Text.Json;
using Bastion.Cloud.Alibaba.Rpc;

namespace Bastion.Cloud.Alibaba.Credentials;

/// <summary>A role to take on.</summary>
/// <param name="Arn"><c>acs:ram::account:role/name</c>.</param>
/// <param name="Session">Session name; made acceptable.</param>
/// <param name="Seconds">How long the key shall hold, in seconds.</param>
internal sealed record RoleToTake(string Arn, string? Session = null, int Seconds = RoleToTake.Hour)
{
    internal const int Hour = 3600;

    internal string? ExternalId { get; init; }

    internal string? Policy { get; init; }

    /// <summary>Letters, digits and <c>. @ - _</c>; 2 to 32, which older versions of the service keep to.</summary>
    internal static string SessionName(string? wanted)
    {
        string name = string.IsNullOrWhiteSpace(wanted) ? $"bastion@{Environment.MachineName}" : wanted.Trim();
        string clean = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '@' or '-' or '_' ? c : '-'));
        return clean.Length < 2 ? "bastion" : clean[..Math.Min(clean.Length, string.IsNullOrWhiteSpace(wanted) ? 32 : 64)];
    }
}

/// <summary>Gets the key of a role from STS.</summary>
internal static class RoleKeys
{
    internal static Task<AlibabaKey> AssumeAsync(RpcClient rpc, IAlibabaCredentials caller, Uri sts, RoleToTake role, string? account, CancellationToken stop) => rpc.CallAsync(
        new RpcCall(Product.Sts, "AssumeRole", sts, ("RoleArn", role.Arn), ("RoleSessionName", RoleToTake.SessionName(role.Session)), ("DurationSeconds", $"{role.Seconds}"),
            ("ExternalId", role.ExternalId), ("Policy", role.Policy)) { Account = account },
        caller, Read, stop);

    internal static Task<AlibabaKey> AssumeWithOidcAsync(RpcClient rpc, Uri sts, RoleToTake role, string providerArn, string token, CancellationToken stop) => rpc.CallUnsignedAsync(
        new RpcCall(Product.Sts, "AssumeRoleWithOIDC", sts, ("RoleArn", role.Arn), ("OIDCProviderArn", providerArn), ("OIDCToken", token),
            ("RoleSessionName", RoleToTake.SessionName(role.Session)), ("DurationSeconds", $"{role.Seconds}"), ("Policy", role.Policy)),
        Read, stop);

    private static AlibabaKey Read(JsonElement answer)
    {
        JsonElement key = answer.Child("Credentials");
        return new AlibabaKey(key.Required("AccessKeyId"), key.Required("AccessKeySecret"), key.Required("SecurityToken"),
            key.Time("Expiration") ?? throw RpcFault.Unreadable("'Expiration' is missing or no time"));
    }
}
