using System.Management.Automation;
using Bastion.Users.Groups;

namespace Bastion.PowerShell.Users.Groups;

/// <summary>Takes users out of a group. Who is not in it stays out. Sessions that rest on it end within a second.</summary>
[Cmdlet(VerbsCommon.Remove, "BhUserGroupMember", SupportsShouldProcess = true)]
[OutputType(typeof(UserGroup))]
public sealed class RemoveBhUserGroupMemberCommand : UserGroupMemberCommand
{
    private protected override bool PutsIn => false;
}
