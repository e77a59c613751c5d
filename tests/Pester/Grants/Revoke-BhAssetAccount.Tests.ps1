BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhUser ana
    'web-1', 'web-2' | ForEach-Object {
        $null = New-BhAsset $_ -OwnerAccountId shop -PrivateAddress 10.0.0.1
        $null = New-BhAssetAccount $_ root
        $null = New-BhAssetAccount $_ ops
        Grant-BhAssetAccount $_ -User ana -Account root, ops
    }
}

Describe 'Revoke-BhAssetAccount' {
    It 'changes nothing under -WhatIf' {
        Get-BhAssetGrant | Revoke-BhAssetAccount -WhatIf
        @(Get-BhAssetGrant).Count | Should -Be 2
    }

    It 'takes one account away' {
        Revoke-BhAssetAccount web-1 -User ana -Account root -Confirm:$false
        (Get-BhAssetGrant web-1).Accounts | Should -Be 'ops'
    }

    It 'says when it is not granted' {
        { Revoke-BhAssetAccount web-1 -User ana -Account root -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'GrantNotFound,*'
    }

    It 'takes whole grants from the pipeline' {
        Get-BhAssetGrant | Revoke-BhAssetAccount -Confirm:$false
        Get-BhAssetGrant | Should -BeNullOrEmpty
    }
}
