BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
    foreach ($owner in 'shop', 'lab') {
        $null = New-BhAsset "$owner-web" -OwnerAccountId $owner -PrivateAddress 10.0.0.1
        $null = New-BhAssetAccount "$owner-web" root
        Grant-BhAssetAccount "$owner-web" -User ana, bob -Account root
    }
}

Describe 'Get-BhAssetGrant' {
    It 'lists all' { @(Get-BhAssetGrant).Count | Should -Be 4 }

    It 'filters by owner account' { (Get-BhAssetGrant -OwnerAccountId lab).OwnerAccountId | Sort-Object -Unique | Should -Be 'lab' }

    It 'filters by user' { (Get-BhAssetGrant -User bob).Asset | Should -Be 'lab-web', 'shop-web' }

    It 'takes assets from the pipeline' { (Get-BhAsset shop* | Get-BhAssetGrant).User | Should -Be 'ana', 'bob' }

    It 'says when the user is not there' { { Get-BhAssetGrant -User nobody -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*' }
}

Describe 'Get-BhAssetGrant with groups' {
    BeforeAll {
        $null = New-BhUserGroup ops -Member bob
        $null = New-BhAssetGroup labs -OwnerAccountId lab
        Grant-BhAssetAccount -AssetGroup labs -UserGroup ops -Account root
        Grant-BhAssetAccount shop-web -UserGroup ops -Account root
    }

    It 'filters by group of users' { @(Get-BhAssetGrant -UserGroup ops).Count | Should -Be 2 }

    It 'filters by group of assets' { (Get-BhAssetGrant -AssetGroup labs).UserGroup | Should -Be 'ops' }

    It 'finds what reaches a user or an asset through groups' {
        @(Get-BhAssetGrant -User bob).Count | Should -Be 4
        @(Get-BhAssetGrant lab-web).Count | Should -Be 3
    }

    It 'leaves that out with -Direct' {
        (Get-BhAssetGrant -User bob -Direct).User | Should -Be 'bob', 'bob'
        (Get-BhAssetGrant lab-web -Direct).User | Should -Be 'ana', 'bob'
    }

    It 'takes groups from the pipeline' {
        @(Get-BhUserGroup ops | Get-BhAssetGrant).Count | Should -Be 2
        @(Get-BhAssetGroup labs | Get-BhAssetGrant).Count | Should -Be 1
    }

    It 'shows groups in its table' { Get-BhAssetGrant -AssetGroup labs | Out-String | Should -Match 'ops \(gro.*labs \(group\)' }

    It 'says when the group is not there' { { Get-BhAssetGrant -UserGroup nothing -ErrorAction Stop } | Should -Throw -ErrorId 'UserGroupNotFound,*' }
}
