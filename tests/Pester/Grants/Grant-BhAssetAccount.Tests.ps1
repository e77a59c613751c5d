BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
    'web-1', 'web-2' | ForEach-Object {
        $null = New-BhAsset $_ -OwnerAccountId shop -PrivateAddress 10.0.0.1
        $null = New-BhAssetAccount $_ root
        $null = New-BhAssetAccount $_ ops
    }
}

Describe 'Grant-BhAssetAccount' {
    It 'grants nothing under -WhatIf' {
        Grant-BhAssetAccount web-1 -User ana -Account root -WhatIf
        Get-BhAssetGrant | Should -BeNullOrEmpty
    }

    It 'grants one account' {
        $grant = Grant-BhAssetAccount web-1 -User ana -Account root -PassThru
        $grant.User | Should -Be 'ana'
        $grant.Asset | Should -Be 'web-1'
        $grant.Accounts | Should -Be 'root'
        $grant.OwnerAccountId | Should -Be 'shop'
    }

    It 'adds up' { (Grant-BhAssetAccount web-1 -User ana -Account ops -PassThru).Accounts | Should -Be 'ops', 'root' }

    It 'changes nothing when run again' {
        Grant-BhAssetAccount web-1 -User ana -Account root, ops
        @(Get-BhAssetGrant web-1 -User ana).Count | Should -Be 1
    }

    It 'takes assets from the pipeline, and several users' {
        Get-BhAsset web-* | Grant-BhAssetAccount -User ana, bob -Account ops
        (Get-BhAssetGrant -User bob).Asset | Should -Be 'web-1', 'web-2'
    }

    It 'grants all accounts, later ones too' {
        Grant-BhAssetAccount web-2 -User bob -Account *
        $null = New-BhAssetAccount web-2 later
        (Get-BhAuthorizedAsset bob | Where-Object Asset -eq web-2).Accounts | Should -Be 'later', 'ops', 'root'
    }

    It 'grants an asset with no account yet' {
        $null = New-BhUser lee
        (Grant-BhAssetAccount web-1 -User lee -PassThru).Accounts.Count | Should -Be 0
        (Get-BhAuthorizedAsset lee).Asset | Should -Be 'web-1'
    }

    It 'warns when an older grant lasts longer than the new one' {
        Grant-BhAssetAccount web-1 -User ana -Account root -ValidUntil (Get-Date).AddHours(1) -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*add up*'
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a user that is not there'; id = 'UserNotFound'; asset = 'web-1'; user = 'nobody'; with = @{ Account = 'root' } }
        @{ what = 'an asset that is not there'; id = 'AssetNotFound'; asset = 'web-9'; user = 'ana'; with = @{ Account = 'root' } }
        @{ what = 'an account that is not there'; id = 'AssetAccountNotFound'; asset = 'web-1'; user = 'ana'; with = @{ Account = 'admin' } }
        @{ what = 'a period that is over'; id = 'InvalidValidity'; asset = 'web-1'; user = 'ana'; with = @{ Account = 'root'; ValidUntil = '2001-01-01' } }
    ) {
        $before = @(Get-BhAssetGrant).Count
        { Grant-BhAssetAccount $asset -User $user @with -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
        @(Get-BhAssetGrant).Count | Should -Be $before
    }
}

Describe 'Grant-BhAssetAccount with groups' {
    BeforeAll {
        $null = New-BhUser kim
        $null = New-BhUserGroup ops -Member kim
        $null = New-BhAssetGroup webs -AssetName web-*
    }

    It 'grants to a group of users' {
        $grant = Grant-BhAssetAccount web-1 -UserGroup ops -Account root -PassThru
        $grant.UserGroup | Should -Be 'ops'
        $grant.User | Should -BeNullOrEmpty
        (Get-BhAuthorizedAsset kim).Accounts | Should -Be 'root'
    }

    It 'grants to who joins later, and no longer to who leaves' {
        $null = New-BhUser max
        Add-BhUserGroupMember ops max
        (Get-BhAuthorizedAsset max).Asset | Should -Be 'web-1'
        Remove-BhUserGroupMember ops max
        Get-BhAuthorizedAsset max | Should -BeNullOrEmpty
    }

    It 'grants on a group of assets, by name of the accounts, on assets that come later too' {
        $grant = Grant-BhAssetAccount -AssetGroup webs -UserGroup ops -Account ops -PassThru
        $grant.AssetGroup | Should -Be 'webs'
        $grant.Accounts | Should -Be 'ops'
        $null = New-BhAsset web-3 -OwnerAccountId lab -PrivateAddress 10.0.0.3
        $null = New-BhAssetAccount web-3 ops
        (Get-BhAuthorizedAsset kim -OwnerAccountId lab | ForEach-Object { "$($_.Asset) $($_.Accounts)" }) | Should -Be 'web-3 ops'
    }

    It 'warns of a name that no asset of the group has yet' {
        Grant-BhAssetAccount -AssetGroup webs -User lee -Account nobody -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*'webs'*'nobody'*"
    }

    It 'takes groups of assets from the pipeline' {
        $null = New-BhUser eva
        Get-BhAssetGroup webs | Grant-BhAssetAccount -User eva -Account root
        (Get-BhAssetGrant -User eva).AssetGroup | Should -Be 'webs'
    }

    It 'takes groups of users from the pipeline' {
        $null = New-BhUserGroup dev
        (Get-BhUserGroup dev | Grant-BhAssetAccount web-2 -Account ops -PassThru).UserGroup | Should -Be 'dev'
    }

    It 'grants like another grant, from the pipeline' {
        $null = New-BhUser ivy
        (Get-BhAssetGrant -UserGroup ops | Grant-BhAssetAccount -UserGroup @() -User ivy -Account ops -PassThru | ForEach-Object { "$_" }) -join ', ' | Should -Be 'ivy → web-1, ivy → webs (group)'
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a grant to nobody'; id = 'GrantEndMissing'; with = @{ Asset = 'web-1' } }
        @{ what = 'a grant on nothing'; id = 'GrantEndMissing'; with = @{ Asset = @(); User = 'ana' } }
        @{ what = 'a group of users that is not there'; id = 'UserGroupNotFound'; with = @{ Asset = 'web-1'; UserGroup = 'nothing' } }
        @{ what = 'a group of assets that is not there'; id = 'AssetGroupNotFound'; with = @{ AssetGroup = 'nothing'; User = 'ana' } }
    ) {
        $before = @(Get-BhAssetGrant).Count
        { Grant-BhAssetAccount @with -Account root -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
        @(Get-BhAssetGrant).Count | Should -Be $before
    }
}
