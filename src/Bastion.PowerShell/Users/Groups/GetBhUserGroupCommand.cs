using System.Management.Automation;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.PowerShell.Users.Groups;

/// <summary>Lists groups of users.</summary>
[Cmdlet(VerbsCommon.Get, "BhUserGroup")]
[OutputType(typeof(UserGroup))]
public sealed class GetBhUserGroupCommand : EngineCommand
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserGroup")]
    [CompletesName<UserGroupNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only groups that this user is in.</summary>
    [Parameter]
    [CompletesName<UserNames>]
    public UserReference? User { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        HashSet<long>? of = User is null ? null : [.. Engine.UserGroups.Of(User).Select(group => group.Id)];
        return EmitNamedAsync(Name, name => Engine.UserGroups.Resolve(new UserGroupReference(name)), pattern => Engine.UserGroups.List([pattern]), group => of?.Contains(group.Id) != false);
    }
}
