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

Describe 'Revoke-BhAssetAccount with groups' {
    BeforeAll {
        $null = New-BhUserGroup ops -Member ana
        $null = New-BhAssetGroup webs -AssetName web-*
        Grant-BhAssetAccount -AssetGroup webs -UserGroup ops -Account root, ops
        Grant-BhAssetAccount web-1 -UserGroup ops -Account root
    }

    It 'takes one account away from a group' {
        Revoke-BhAssetAccount -AssetGroup webs -UserGroup ops -Account root
        (Get-BhAssetGrant -AssetGroup webs).Accounts | Should -Be 'ops'
        (Get-BhAuthorizedAsset ana | Where-Object Asset -eq web-2).Accounts | Should -Be 'ops'
    }

    It 'says that it is granted through a group when it is not granted directly' {
        { Revoke-BhAssetAccount web-2 -User ana -ErrorAction Stop } | Should -Throw -ErrorId 'GrantNotFound,*' -ExpectedMessage '*ops (group)*'
    }

    It 'leaves groups alone when only direct grants are piped' {
        Grant-BhAssetAccount web-2 -User ana -Account root
        Get-BhAssetGrant -User ana -Direct | Revoke-BhAssetAccount
        @(Get-BhAssetGrant).Count | Should -Be 2
    }

    It 'takes grants of groups from the pipeline' {
        Get-BhAssetGrant -UserGroup ops | Revoke-BhAssetAccount -ErrorAction Stop
        Get-BhAssetGrant | Should -BeNullOrEmpty
        Get-BhAuthorizedAsset ana | Should -BeNullOrEmpty
    }
}
