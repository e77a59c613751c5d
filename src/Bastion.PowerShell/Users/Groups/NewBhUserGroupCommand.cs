using System.Management.Automation;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.PowerShell.Users.Groups;

/// <summary>Makes a group of users: what is granted to it is granted to its members, later ones too.</summary>
[Cmdlet(VerbsCommon.New, "BhUserGroup", SupportsShouldProcess = true)]
[OutputType(typeof(UserGroup))]
public sealed class NewBhUserGroupCommand : EngineCommand
{
    /// <summary>Unique name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>Its first members; nobody, if not given.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    [CompletesName<UserNames>]
    public UserReference[] Member { get; set; } = [];

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Comment { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        if (!await ConfirmAsync(Name, "Make group of users")) return;
        Emit(Engine.UserGroups.Add(Caller, new NewUserGroup { Name = Name, Comment = Comment, Users = Member }));
    }
}
