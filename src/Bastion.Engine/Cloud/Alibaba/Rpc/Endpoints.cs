using System.Net;

namespace Bastion.Cloud.Alibaba.Rpc;

/// <summary>Where each product answers.</summary>
/// <param name="everything">One endpoint for all products; <see langword="null"/>: the cloud's own.</param>
/// <param name="stsRegion">Region of STS; <see langword="null"/>: the global one.</param>
/// <param name="vpc">STS inside the private network.</param>
internal sealed class Endpoints(Uri? everything, string? stsRegion = null, bool vpc = false)
{
    private const string Domain = "aliyuncs.com";

    // These have no host name of the usual form.
    private static readonly Dictionary<string, string> EcsHosts = new(StringComparer.Ordinal)
    {
        ["cn-hangzhou"] = $"ecs-cn-hangzhou.{Domain}",
        ["cn-hangzhou-finance"] = $"ecs.{Domain}",
        ["cn-north-2-gov-1"] = $"ecs.{Domain}",
    };

    private static readonly HashSet<string> RdsCentral = new(StringComparer.Ordinal)
    {
        "cn-qingdao", "cn-beijing", "cn-hangzhou", "cn-shanghai", "cn-shenzhen", "cn-heyuan", "cn-hongkong", "ap-southeast-1", "us-west-1", "us-east-1",
    };

    internal Uri Sts => StsOf(null, stsRegion, vpc);

    internal Uri ResourceManager => everything ?? Https($"resourcemanager.{Domain}");

    /// <summary>STS as a profile wants it.</summary>
    internal Uri StsOf(string? host, string? region, bool inVpc) => everything ?? (host is not null ? Https(host) : region is null ? Https($"sts.{Domain}") : Https($"sts{(inVpc ? "-vpc" : "")}.{Checked(region)}.{Domain}"));

    /// <param name="region"><see langword="null"/>: where the regions are asked for.</param>
    /// <param name="told">The host that DescribeRegions named; believed only if it is the cloud's.</param>
    internal Uri Ecs(string? region, string? told = null) => everything ?? Https(
        region is null ? $"ecs.{Domain}"
        : told is not null && told.EndsWith($".{Domain}", StringComparison.OrdinalIgnoreCase) && Uri.CheckHostName(told) == UriHostNameType.Dns ? told
        : EcsHosts.GetValueOrDefault(region) ?? $"ecs.{Checked(region)}.{Domain}");

    /// <param name="region"><see langword="null"/>: where the regions are asked for.</param>
    internal Uri Rds(string? region) => everything ?? Https(region switch
    {
        null => $"rds.{Domain}",
        "cn-hangzhou-finance" => $"rds-vpc.cn-hangzhou-finance.{Domain}",
        _ when RdsCentral.Contains(region) || IsClosed(region) => $"rds.{Domain}",
        _ => $"rds.{Checked(region)}.{Domain}",
    });

    /// <summary>Whether secrets may travel there: https, or this machine.</summary>
    internal static bool IsSafe(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsThisMachine(uri));

    internal static bool IsThisMachine(Uri uri) => uri.IsLoopback || (IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Reads an endpoint that a user gave.</summary>
    /// <exception cref="CloudException">It is no address of a server, holds more than that, or would send keys in the clear.</exception>
    internal static Uri Read(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp) || uri.Host.Length == 0)
            throw AlibabaErrors.BadEndpoint(text, "is not an address like https://host:port");
        if (uri.UserInfo.Length > 0 || uri.PathAndQuery != "/" || uri.Fragment.Length > 0)
            throw AlibabaErrors.BadEndpoint(uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped), "must be scheme, host and port alone, without user, path or query");
        return IsSafe(uri) ? uri : throw AlibabaErrors.InsecureEndpoint(uri);
    }

    private static bool IsClosed(string region) => region.Contains("-finance", StringComparison.Ordinal) || region.Contains("-gov", StringComparison.Ordinal);

    // A region becomes part of a host name to which keys are sent.
    private static string Checked(string region) => region.Length is > 0 and <= 40 && region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && region[0] != '-' && region[^1] != '-'
        ? region
        : throw AlibabaErrors.BadRegion(region);

    private static Uri Https(string host) => Uri.CheckHostName(host) == UriHostNameType.Unknown ? throw AlibabaErrors.BadEndpoint(host, "is no host name") : new Uri($"https://{host}/");
}
