namespace Bastion.Policies.Code;

/// <summary>One policy as a file has it; names are not looked up yet.</summary>
/// <param name="Name">Its name, and where it stands.</param>
/// <param name="Policy">The policy; members of its scope have no ids, and assets no owner where none is written.</param>
/// <param name="Scope">Where the members of its scope stand.</param>
/// <param name="Rules">Its rules as they are written; <see langword="null"/>: none are.</param>
internal sealed record PolicyEntry(YamlText Name, ControlPolicy Policy, ScopeEntry Scope, YamlNode? Rules);

/// <summary>Where the members of a scope stand, in the order in which the policy lists them.</summary>
internal sealed record ScopeEntry
{
    internal IReadOnlyList<YamlText> Users { get; init; } = [];
    internal IReadOnlyList<YamlText> UserGroups { get; init; } = [];
    internal IReadOnlyList<MemberEntry> Assets { get; init; } = [];
    internal IReadOnlyList<MemberEntry> AssetGroups { get; init; } = [];

    /// <summary>With all assets: names of accounts; <see langword="null"/>: all.</summary>
    internal IReadOnlyList<YamlText>? Accounts { get; init; }
}

/// <summary>An asset or a group of assets in a scope.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">The account that owns it, where that is written.</param>
/// <param name="Accounts">Names of accounts; <see langword="null"/>: all.</param>
internal sealed record MemberEntry(YamlText Name, YamlText? Owner, IReadOnlyList<YamlText>? Accounts)
{
    internal IReadOnlyList<string>? AccountNames => Accounts?.Select(a => a.Value).ToList();
}
