namespace Bastion.Sandbox;

/// <summary>The resource directory that the management account owns.</summary>
/// <param name="Id">For example <c>rd-Acme01</c>.</param>
/// <param name="RootFolderId">For example <c>r-Acme01</c>.</param>
/// <param name="Identity">The organisation's registered name.</param>
public sealed record ResourceDirectory(string Id, string RootFolderId, string Identity);

/// <summary>A region that the world's accounts can use.</summary>
/// <param name="Id">For example <c>cn-hangzhou</c>.</param>
/// <param name="LocalName">Shown in consoles, in English.</param>
public sealed record Region(string Id, string LocalName)
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["cn-hangzhou"] = "China (Hangzhou)",
        ["cn-shanghai"] = "China (Shanghai)",
        ["cn-beijing"] = "China (Beijing)",
        ["cn-shenzhen"] = "China (Shenzhen)",
        ["cn-qingdao"] = "China (Qingdao)",
        ["cn-hongkong"] = "China (Hong Kong)",
        ["ap-southeast-1"] = "Singapore",
        ["ap-northeast-1"] = "Japan (Tokyo)",
        ["eu-central-1"] = "Germany (Frankfurt)",
        ["eu-west-1"] = "UK (London)",
        ["us-west-1"] = "US (Silicon Valley)",
        ["us-east-1"] = "US (Virginia)",
    };

    /// <summary>A region with its known name, or its id where the name is unknown.</summary>
    public static Region Of(string id) => new(id, Names.GetValueOrDefault(id, id));
}
