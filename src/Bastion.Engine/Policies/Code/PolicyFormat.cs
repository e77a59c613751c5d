namespace Bastion.Policies.Code;

/// <summary>The words of a file of policies.</summary>
internal static class PolicyFormat
{
    internal const string Format = "format";
    internal const string Version = "bastion-control-policies/1";
    internal const string Policies = "policies";
    internal const string Name = "name";
    internal const string Priority = "priority";
    internal const string Enabled = "enabled";
    internal const string Comment = "comment";
    internal const string Users = "users";
    internal const string UserGroups = "userGroups";
    internal const string Assets = "assets";
    internal const string AssetGroups = "assetGroups";
    internal const string Owner = "owner";
    internal const string Accounts = "accounts";
    internal const string Rules = "rules";

    /// <summary>In the place of a list: all, later ones too.</summary>
    internal const string All = "all";

    /// <summary>In the place of a list: none.</summary>
    internal const string None = "none";

    /// <summary>How a file begins.</summary>
    internal const string Line = $"{Format}: {Version}";
}
