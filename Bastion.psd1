@{
    RootModule             = 'Bastion.PowerShell.dll'
    # Before the cmdlets: it finds the engine and its dependencies for them, without touching other modules'
    NestedModules          = @('Bastion.Loader.dll')
    ModuleVersion          = '0.1.0'
    GUID                   = '6a1f0c0e-6c0b-4c2e-9a53-5f2b7c1d8e94'
    Author                 = 'The Bastion authors'
    CompanyName            = 'The Bastion authors'
    Copyright              = '(c) The Bastion authors. MIT licence.'
    Description            = 'A bastion host (privileged access management) for every account of an organisation on Alibaba Cloud: member accounts, assets by Owner Account ID, grants, control policies, recorded sessions and one audit.'
    PowerShellVersion      = '7.4'
    CompatiblePSEditions   = @('Core')
    # Groups go through the pipeline by the name that parameters have for them
    TypesToProcess         = @('Groups.types.ps1xml')
    FormatsToProcess       = @(
        'Accounts.format.ps1xml'
        'Approvals.format.ps1xml'
        'Assets.format.ps1xml'
        'Audit.format.ps1xml'
        'Cloud.format.ps1xml'
        'Grants.format.ps1xml'
        'Policies.format.ps1xml'
        'Roles.format.ps1xml'
        'Sessions.format.ps1xml'
        'Store.format.ps1xml'
        'Users.format.ps1xml'
    )
    CmdletsToExport        = @(
        # store
        'Initialize-BhStore', 'Connect-BhStore', 'Get-BhStore', 'Set-BhStore'
        # cloud
        'Connect-BhCloud', 'Get-BhCloud', 'Disconnect-BhCloud', 'Test-BhCloudPermission'
        # accounts
        'Get-BhMemberAccount', 'Add-BhMemberAccount', 'Remove-BhMemberAccount'
        'Get-BhProject', 'New-BhProject', 'Set-BhProject', 'Remove-BhProject'
        # roles
        'Get-BhRole', 'Grant-BhRole', 'Revoke-BhRole'
        # assets
        'Import-BhAsset', 'Get-BhAsset', 'New-BhAsset', 'Set-BhAsset', 'Remove-BhAsset'
        'Get-BhAssetHostKey', 'Approve-BhAssetHostKey'
        'Get-BhAssetGroup', 'New-BhAssetGroup', 'Set-BhAssetGroup', 'Remove-BhAssetGroup', 'Add-BhAssetGroupMember', 'Remove-BhAssetGroupMember'
        # credentials
        'Get-BhAssetAccount', 'New-BhAssetAccount', 'Set-BhAssetAccount', 'Remove-BhAssetAccount'
        # users
        'Get-BhUser', 'New-BhUser', 'Set-BhUser', 'Remove-BhUser', 'Import-BhUser', 'Lock-BhUser', 'Unlock-BhUser'
        'Get-BhUserPublicKey', 'Add-BhUserPublicKey', 'Remove-BhUserPublicKey', 'Set-BhUserPassword'
        'Get-BhDirectory', 'New-BhDirectory', 'Remove-BhDirectory', 'Test-BhDirectory'
        'Register-BhUserTotp', 'Confirm-BhUserTotp', 'Unregister-BhUserTotp'
        'Get-BhSignInPolicy', 'Set-BhSignInPolicy'
        'Get-BhUserGroup', 'New-BhUserGroup', 'Set-BhUserGroup', 'Remove-BhUserGroup', 'Add-BhUserGroupMember', 'Remove-BhUserGroupMember'
        # grants
        'Grant-BhAssetAccount', 'Revoke-BhAssetAccount', 'Get-BhAssetGrant', 'Get-BhAuthorizedAsset'
        'Test-BhAccess'
        # policies
        'Get-BhControlPolicy', 'New-BhControlPolicy', 'Set-BhControlPolicy', 'Remove-BhControlPolicy'
        'Enable-BhControlPolicy', 'Disable-BhControlPolicy', 'Test-BhControlPolicy'
        'Copy-BhControlPolicy', 'Export-BhControlPolicy', 'Import-BhControlPolicy', 'Compare-BhControlPolicy'
        # approvals
        'Get-BhApproval', 'Request-BhApproval', 'Approve-BhApproval', 'Deny-BhApproval', 'Wait-BhApproval'
        'Get-BhWebhook', 'New-BhWebhook', 'Remove-BhWebhook', 'Test-BhWebhook'
        # sessions
        'Enter-BhSession', 'Invoke-BhCommand'
        # audit
        'Get-BhSessionAudit', 'Show-BhSessionReplay', 'Export-BhSessionAudit'
        'Get-BhAuditEvent'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    PrivateData            = @{
        PSData = @{
            Tags       = @('Bastion', 'PAM', 'SSH', 'Audit', 'AlibabaCloud', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
