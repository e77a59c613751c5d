# What the specs of approvals share: a store in which ana may use root on web-1, and bob or kim approve her sessions.
function New-ApprovalStore([string] $Folder) {
    Import-Module Bastion
    $path = "$Folder/store"
    $null = Initialize-BhStore $path
    'ana', 'bob', 'kim' | ForEach-Object { $null = New-BhUser $_ }
    $null = New-BhAsset web-1 -OwnerAccountId shop -PrivateAddress 10.0.0.1
    $null = New-BhAssetAccount web-1 root
    Grant-BhAssetAccount web-1 -User ana -Account root
    $null = New-BhControlPolicy ask -RequireApproval -Approver bob, kim -BreakGlass ana
    $path
}
