BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    foreach ($owner in 'shop', 'lab') {
        1..2 | ForEach-Object { $null = New-BhAsset "$owner-web-$_" -OwnerAccountId $owner -PrivateAddress "10.0.0.$_" -Region cn-hangzhou }
        $null = New-BhAsset "$owner-db" -OwnerAccountId $owner -PrivateAddress db.example.com -DatabaseEngine MySQL -Region cn-beijing
    }
    $null = New-BhAsset shop-win -OwnerAccountId shop -PrivateAddress 10.0.0.9 -OperatingSystem Windows
}

Describe 'New-BhAssetGroup' {
    It 'makes one by hand' {
        $group = New-BhAssetGroup some -Member shop-web-1, lab-db -Comment 'a few'
        $group.Name | Should -Be 'some'
        $group.Assets | Should -Be 2
        $group.Comment | Should -Be 'a few'
        $group.Rule | Should -BeNullOrEmpty
        (Get-BhAsset -AssetGroup some).Name | Should -Be 'lab-db', 'shop-web-1'
    }

    It 'makes one by <_.Keys>' -ForEach @(
        @{ OwnerAccountId = 'shop' }
        @{ AssetName = 'SHOP-*' }
        @{ OwnerAccountId = 'shop', 'none'; Region = 'cn-*'; AssetName = '*' }
    ) {
        $rule = $_
        $expected = if ($rule.Region) { 'shop-db', 'shop-web-1', 'shop-web-2' } else { 'shop-db', 'shop-web-1', 'shop-web-2', 'shop-win' }
        $null = New-BhAssetGroup "group $($rule.Keys)" @rule
        (Get-BhAsset -AssetGroup "group $($rule.Keys)").Name | Should -Be $expected
    }

    It 'makes one by operating system, and one by engine' {
        $null = New-BhAssetGroup windows -OperatingSystem Windows
        $null = New-BhAssetGroup mysql -DatabaseEngine my*
        (Get-BhAsset -AssetGroup windows).Name | Should -Be 'shop-win'
        (Get-BhAsset -AssetGroup mysql).Name | Should -Be 'lab-db', 'shop-db'
    }

    It 'has what comes later and fits' {
        $null = New-BhAsset lab-win -OwnerAccountId lab -PrivateAddress 10.0.0.8 -OperatingSystem Windows
        (Get-BhAsset -AssetGroup windows).Name | Should -Be 'lab-win', 'shop-win'
    }

    It 'keeps tags in the rule, and warns when nothing fits yet' {
        $group = New-BhAssetGroup prod -Tag @{ env = 'prod'; tier = 1 } -WarningVariable warnings -WarningAction SilentlyContinue
        $group.Rule.Tags['env'] | Should -Be 'prod'
        $group.Rule.Tags['tier'] | Should -Be '1'
        "$warnings" | Should -BeLike "*'prod'*later*"
    }

    It 'makes none under -WhatIf' {
        New-BhAssetGroup not -OwnerAccountId shop -WhatIf
        Get-BhAssetGroup not* | Should -BeNullOrEmpty
    }

    It 'completes owners and members' {
        (TabExpansion2 'New-BhAssetGroup x -OwnerAccountId l' 36).CompletionMatches.CompletionText | Should -Be 'lab'
        (TabExpansion2 'New-BhAssetGroup x -Member lab-d' 32).CompletionMatches.CompletionText | Should -Be 'lab-db'
    }

    It 'refuses <what>, and makes nothing' -ForEach @(
        @{ what = 'a name that is taken'; id = 'NameTaken'; with = @{ Name = 'SOME' } }
        @{ what = 'a member that is not there'; id = 'AssetNotFound'; with = @{ Name = 'x'; Member = 'nothing' } }
        @{ what = 'an empty condition, which would widen the rule'; id = 'ParameterArgumentValidationError'; with = @{ Name = 'x'; OwnerAccountId = @(); Region = 'cn-hangzhou' } }
        @{ what = 'an empty condition on tags'; id = 'ParameterArgumentValidationError'; with = @{ Name = 'x'; Tag = @{}; Region = 'cn-hangzhou' } }
        @{ what = 'a rule and members by hand'; id = 'AmbiguousParameterSet'; with = @{ Name = 'x'; Member = 'lab-db'; Region = 'cn-hangzhou' } }
    ) {
        $before = @(Get-BhAssetGroup).Count
        { New-BhAssetGroup @with -ErrorAction Stop } | Should -Throw -ErrorId "$id*"
        @(Get-BhAssetGroup).Count | Should -Be $before
    }
}
