using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bastion.Sandbox.Cloud.Sts;

/// <summary>Security Token Service, 2015-04-01.</summary>
internal sealed partial class StsOperations(KeyRing keys, TimeProvider clock)
{
    private const string Version = "2015-04-01";
    private const string Refused = "You are not authorized to do this action. You should be authorized by RAM.";

    public IEnumerable<Operation> All() =>
    [
        new("Sts", Version, "AssumeRole", AssumeRole),
        new("Sts", Version, "GetCallerIdentity", GetCallerIdentity),
    ];

    private static object GetCallerIdentity(Call call)
    {
        Principal who = call.Caller;
        return who.Kind switch
        {
            PrincipalKind.Root => new
            {
                call.RequestId,
                IdentityType = "Account",
                who.AccountId,
                PrincipalId = who.Id,
                UserId = who.Id,
                Arn = $"acs:ram::{who.AccountId}:root",
            },
            PrincipalKind.RamUser => new
            {
                call.RequestId,
                IdentityType = "RAMUser",
                who.AccountId,
                PrincipalId = who.Id,
                UserId = who.Id,
                Arn = $"acs:ram::{who.AccountId}:user/{who.UserName}",
            },
            _ => new
            {
                call.RequestId,
                IdentityType = "AssumedRoleUser",
                who.AccountId,
                PrincipalId = $"{who.Id}:{who.SessionName}",
                RoleId = who.Id,
                Arn = $"acs:ram::{who.AccountId}:assumed-role/{who.RoleName!.ToLowerInvariant()}/{who.SessionName}",
            },
        };
    }

    private object AssumeRole(Call call)
    {
        Match arn = RoleArn().Match(call.Parameters.Required("RoleArn"));
        if (!arn.Success) throw Wrong("RoleArn", "The format of the specified role ARN is invalid.");
        string session = call.Parameters.Required("RoleSessionName");
        if (!SessionName().IsMatch(session)) throw Wrong("RoleSessionName", "The parameter RoleSessionName is wrongly formed.");
        string? source = CheckOptional(call.Parameters);
        if (call.Caller.Kind is PrincipalKind.Root) throw CloudError.NoPermission("Roles may not be assumed by root accounts.");

        Account? account = call.World.FindAccount(arn.Groups["account"].Value);
        Role? role = account?.FindRole(arn.Groups["role"].Value);
        if (account is null || role is null) throw new CloudError(404, "EntityNotExist.Role", "The specified Role not exists .");
        if (!account.Usable || !Trusts(role, call))
            throw CloudError.NoPermission(Refused, AccessDenied.To("sts:AssumeRole", call.Caller));
        return Issue(call, account, role, session, source);
    }

    private object Issue(Call call, Account account, Role role, string session, string? source)
    {
        TimeSpan duration = Duration(call.Parameters, role);
        AccessKey key = keys.Issue(
            new Principal(PrincipalKind.AssumedRole, account.Id, role.Id, RoleName: role.Name, SessionName: session),
            clock.GetUtcNow() + duration);
        return new
        {
            call.RequestId,
            AssumedRoleUser = new
            {
                AssumedRoleId = $"{role.Id}:{session}",
                Arn = $"acs:ram::{account.Id}:role/{role.Name.ToLowerInvariant()}/{session}",
            },
            Credentials = new
            {
                AccessKeyId = key.Id,
                AccessKeySecret = key.Secret,
                SecurityToken = key.Token,
                Expiration = $"{key.Expires:yyyy-MM-dd'T'HH:mm:ss'Z'}",
            },
            SourceIdentity = source,
        };
    }

    // A directory's role trusts the management account; delegated administrators stand in for it here
    private static bool Trusts(Role role, Call call) => role.TrustedAccounts is { } trusted
        ? trusted.Contains(call.Caller.AccountId)
        : call.Account.Kind is AccountKind.Management || (call.Account.DelegatedAdministrator && call.Account.Usable);

    private static TimeSpan Duration(Parameters parameters, Role role)
    {
        if (parameters.Text("DurationSeconds") is not { } text) return TimeSpan.FromHours(1);
        return int.TryParse(text, out int seconds) && seconds >= 900 && seconds <= role.MaxSession.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw Wrong("DurationSeconds", "The Min/Max value of DurationSeconds is 15min/1hr.");
    }

    private static string? CheckOptional(Parameters parameters)
    {
        if (parameters.Text("Policy") is { } policy) CheckPolicy(policy);
        if (parameters.Text("ExternalId") is { } external && !ExternalId().IsMatch(external))
            throw Wrong("ExternalId", "The parameter ExternalId is wrongly formed.");
        string? source = parameters.Text("SourceIdentity");
        if (source is not null && !SourceIdentity().IsMatch(source)) throw CloudError.Invalid("SourceIdentity");
        return source;
    }

    private static void CheckPolicy(string policy)
    {
        if (policy.Length > 2048) throw Wrong("PolicySize", "The size of policy must be smaller than 2048.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(policy);
            if (document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("Statement", out _)) return;
        }
        catch (JsonException)
        {
            // Said below
        }
        throw Wrong("PolicyGrammar", "The specified policy is wrongly formed.");
    }

    private static CloudError Wrong(string what, string message) => new(400, $"InvalidParameter.{what}", message);

    [GeneratedRegex(@"^acs:ram::(?<account>[0-9]{16}):role/(?<role>[A-Za-z0-9.\-]{1,64})\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RoleArn();

    [GeneratedRegex(@"^[A-Za-z0-9.@\-_]{2,64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SessionName();

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@:\/\-]{2,1224}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExternalId();

    [GeneratedRegex(@"^(?!acs:|aliyun:|alibabacloud:)[A-Za-z0-9_+=,.@\-]{2,64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SourceIdentity();
}
