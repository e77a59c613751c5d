using System.Management.Automation;
using Bastion.Users.Groups;

namespace Bastion.PowerShell.Users.Groups;

/// <summary>Puts users into a group. Who is in already stays.</summary>
[Cmdlet(VerbsCommon.Add, "BhUserGroupMember", SupportsShouldProcess = true)]
[OutputType(typeof(UserGroup))]
public sealed class AddBhUserGroupMemberCommand : UserGroupMemberCommand
{
    private protected override bool PutsIn => true;
}
