BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'shop-1', 'shop-2' | ForEach-Object { $null = New-BhAsset $_ -OwnerAccountId shop -PrivateAddress 10.0.0.1 -Region cn-hangzhou }
    $null = New-BhAsset lab-1 -OwnerAccountId lab -PrivateAddress 10.0.0.1 -Region cn-beijing
    $null = New-BhAssetGroup hand -Member lab-1
    $null = New-BhAssetGroup rule -OwnerAccountId shop -AssetName *-1
}

Describe 'Set-BhAssetGroup' {
    It 'changes nothing under -WhatIf' {
        Set-BhAssetGroup rule -NewName other -Region cn-beijing -WhatIf
        (Get-BhAssetGroup rule).Rule.Regions.Count | Should -Be 0
    }

    It 'sets one condition and leaves the others' {
        $group = Set-BhAssetGroup rule -OwnerAccountId lab -PassThru
        "$($group.Rule)" | Should -Be 'owner lab; name *-1'
        (Get-BhAsset -AssetGroup rule).Name | Should -Be 'lab-1'
    }

    It 'clears a condition' {
        (Set-BhAssetGroup rule -Clear OwnerAccountId -PassThru).Assets | Should -Be 2
        (Get-BhAsset -AssetGroup rule).Name | Should -Be 'lab-1', 'shop-1'
    }

    It 'refuses to clear the last, which would mean every asset' {
        { Set-BhAssetGroup rule -Clear AssetName -ErrorAction Stop } | Should -Throw -ErrorId 'EmptyGroupRule,*'
        (Get-BhAssetGroup rule).Assets | Should -Be 2
    }

    It 'keeps the members when the rule is taken away' {
        $group = Set-BhAssetGroup rule -ClearRule -PassThru
        $group.Rule | Should -BeNullOrEmpty
        $group.Assets | Should -Be 2
        (Add-BhAssetGroupMember rule shop-2 -PassThru).Assets | Should -Be 3
    }

    It 'gives a group by hand a rule' {
        (Set-BhAssetGroup hand -Region cn-hangzhou -PassThru).Assets | Should -Be 2
        (Get-BhAsset -AssetGroup hand).Name | Should -Be 'shop-1', 'shop-2'
    }

    It 'changes name and comment, and leaves the members' {
        $group = Set-BhAssetGroup hand -NewName region -Comment c -PassThru
        $group.Name | Should -Be 'region'
        $group.Assets | Should -Be 2
        (Set-BhAssetGroup region -Comment '' -PassThru).Comment | Should -BeNullOrEmpty
    }

    It 'takes groups from the pipeline' { (Get-BhAssetGroup | Set-BhAssetGroup -Comment all -PassThru).Comment | Should -Be 'all', 'all' }

    It 'says when there is none' { { Set-BhAssetGroup nothing -Comment x -ErrorAction Stop } | Should -Throw -ErrorId 'AssetGroupNotFound,*' }
}
