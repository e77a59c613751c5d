BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'web-1', 'web-2', 'db' | ForEach-Object { $null = New-BhAsset $_ -OwnerAccountId shop -PrivateAddress 10.0.0.1 }
    'one', 'two' | ForEach-Object { $null = New-BhAssetGroup $_ }
    $null = New-BhAssetGroup ruled -AssetName web-*
}

Describe 'Add-BhAssetGroupMember' {
    It 'puts in nothing under -WhatIf' {
        Add-BhAssetGroupMember one db -WhatIf
        Get-BhAsset -AssetGroup one | Should -BeNullOrEmpty
    }

    It 'puts assets in' { (Add-BhAssetGroupMember one db, web-1 -PassThru).Assets | Should -Be 2 }

    It 'changes nothing when run again' {
        $before = (Get-BhAssetGroup one).ChangedAt
        (Add-BhAssetGroupMember one db -PassThru).ChangedAt | Should -Be $before
    }

    It 'takes assets from the pipeline, and emits the group once' {
        $groups = @(Get-BhAsset web-* | Add-BhAssetGroupMember two -PassThru)
        $groups.Count | Should -Be 1
        (Get-BhAsset -AssetGroup two).Name | Should -Be 'web-1', 'web-2'
    }

    It 'takes groups and assets by property name' {
        [pscustomobject]@{ AssetGroup = 'two'; Asset = 'db' }, [pscustomobject]@{ AssetGroup = 'one'; Asset = 'web-2' } | Add-BhAssetGroupMember
        (Get-BhAssetGroup -Asset db).Name | Should -Be 'one', 'two'
        (Get-BhAssetGroup one).Assets | Should -Be 3
    }

    It 'refuses a group that has a rule' { { Add-BhAssetGroupMember ruled db -ErrorAction Stop } | Should -Throw -ErrorId 'GroupHasRule,*' }

    It 'says when there is no such <_>' -ForEach 'asset', 'group' {
        $with = if ($_ -eq 'asset') { @{ AssetGroup = 'one'; Asset = 'nothing' } } else { @{ AssetGroup = 'nothing'; Asset = 'db' } }
        $id = if ($_ -eq 'asset') { 'AssetNotFound,*' } else { 'AssetGroupNotFound,*' }
        { Add-BhAssetGroupMember @with -ErrorAction Stop } | Should -Throw -ErrorId $id
    }
}
