using System.Management.Automation;
using Bastion.Assets.Groups;

namespace Bastion.PowerShell.Assets.Groups;

/// <summary>Takes assets out of a group. What is not in it stays out. Sessions that rest on it end within a second.</summary>
[Cmdlet(VerbsCommon.Remove, "BhAssetGroupMember", SupportsShouldProcess = true)]
[OutputType(typeof(AssetGroup))]
public sealed class RemoveBhAssetGroupMemberCommand : AssetGroupMemberCommand
{
    private protected override bool PutsIn => false;
}
