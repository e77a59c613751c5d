using System.Management.Automation;
using Bastion.Assets.Groups;

namespace Bastion.PowerShell.Assets.Groups;

/// <summary>Puts assets into a group. What is in already stays.</summary>
[Cmdlet(VerbsCommon.Add, "BhAssetGroupMember", SupportsShouldProcess = true)]
[OutputType(typeof(AssetGroup))]
public sealed class AddBhAssetGroupMemberCommand : AssetGroupMemberCommand
{
    private protected override bool PutsIn => true;
}
