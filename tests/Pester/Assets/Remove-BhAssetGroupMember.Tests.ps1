BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'web-1', 'web-2', 'db' | ForEach-Object { $null = New-BhAsset $_ -OwnerAccountId shop -PrivateAddress 10.0.0.1 }
    $null = New-BhAssetGroup some -Member web-1, web-2, db
    $null = New-BhAssetGroup ruled -AssetName web-*
}

Describe 'Remove-BhAssetGroupMember' {
    It 'takes out nothing under -WhatIf' {
        Get-BhAsset | Remove-BhAssetGroupMember some -WhatIf
        (Get-BhAssetGroup some).Assets | Should -Be 3
    }

    It 'takes an asset out, which stays an asset' {
        Remove-BhAssetGroupMember some db
        (Get-BhAsset -AssetGroup some).Name | Should -Be 'web-1', 'web-2'
        (Get-BhAsset db).Name | Should -Be 'db'
    }

    It 'changes nothing when run again' { (Remove-BhAssetGroupMember some db -PassThru -ErrorAction Stop).Assets | Should -Be 2 }

    It 'takes assets from the pipeline' { (Get-BhAsset -AssetGroup some | Remove-BhAssetGroupMember some -PassThru -ErrorAction Stop).Assets | Should -Be 0 }

    It 'refuses a group that has a rule' { { Remove-BhAssetGroupMember ruled web-1 -ErrorAction Stop } | Should -Throw -ErrorId 'GroupHasRule,*' }
}
