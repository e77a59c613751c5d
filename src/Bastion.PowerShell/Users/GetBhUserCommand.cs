using System.Management.Automation;
using Bastion.PowerShell.Users.Groups;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.PowerShell.Users;

/// <summary>Lists the bastion's users.</summary>
[Cmdlet(VerbsCommon.Get, "BhUser")]
[OutputType(typeof(User))]
public sealed class GetBhUserCommand : EngineCommand
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only users in this group.</summary>
    [Parameter]
    [CompletesName<UserGroupNames>]
    public UserGroupReference? UserGroup { get; set; }

    /// <summary>Only users in these states.</summary>
    [Parameter]
    public UserState[] State { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        HashSet<long>? members = UserGroup is null ? null : [.. Engine.UserGroups.Members(UserGroup).Select(user => user.Id)];
        return EmitNamedAsync(Name, name => Engine.Users.Resolve(new UserReference(name)), pattern => Engine.Users.List(new UserFilter { Names = [pattern] }),
            user => members?.Contains(user.Id) != false && (State.Length == 0 || State.Contains(user.State)));
    }
}
