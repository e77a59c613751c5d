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
