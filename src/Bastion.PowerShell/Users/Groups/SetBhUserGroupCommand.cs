using System.Management.Automation;
using Bastion.Users.Groups;

namespace Bastion.PowerShell.Users.Groups;

/// <summary>Changes the name or comment of groups of users; grants, policies and members stay.</summary>
[Cmdlet(VerbsCommon.Set, "BhUserGroup", SupportsShouldProcess = true)]
[OutputType(typeof(UserGroup))]
public sealed class SetBhUserGroupCommand : EngineCommand
{
    /// <summary>Groups by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<UserGroupNames>]
    public UserGroupReference[] UserGroup { get; set; } = [];

    /// <summary>New name; for one group.</summary>
    [Parameter]
    public string? NewName { get; set; }

    /// <summary>Free text. An empty one takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Comment { get; set; }

    /// <summary>Emit the changed groups.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        var update = new UserGroupChange { Name = NewName, Comment = Given(nameof(Comment), Comment) };
        return ForEachAsync(UserGroup, async reference =>
        {
            UserGroup group = Engine.UserGroups.Resolve(reference);
            if (!await ConfirmAsync(group.Name, "Change group of users")) return;
            UserGroup changed = Engine.UserGroups.Change(Caller, new UserGroupReference(group), update);
            if (PassThru) Emit(changed);
        });
    }
}
