BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    foreach ($owner in 'shop', 'lab') {
        1..3 | ForEach-Object { $null = New-BhAsset "$owner-web-$_" -OwnerAccountId $owner -PrivateAddress "10.0.0.$_" }
        $null = New-BhAsset "$owner-db" -OwnerAccountId $owner -PrivateAddress db.example.com -DatabaseEngine MySQL -Region cn-hangzhou
    }
}

Describe 'Get-BhAsset' {
    It 'lists all by name' { (Get-BhAsset).Name -join ' ' | Should -Be 'lab-db lab-web-1 lab-web-2 lab-web-3 shop-db shop-web-1 shop-web-2 shop-web-3' }

    It 'filters by owner account' { (Get-BhAsset -OwnerAccountId shop).OwnerAccountId | Sort-Object -Unique | Should -Be 'shop' }

    It 'adds up several owners' { @(Get-BhAsset -OwnerAccountId shop, lab).Count | Should -Be 8 }

    It 'takes owners from the pipeline by property name' { [pscustomobject]@{ OwnerAccountId = 'lab' } | Get-BhAsset | ForEach-Object OwnerAccountId | Sort-Object -Unique | Should -Be 'lab' }

    It 'filters by <_.Keys>' -ForEach @{ Kind = 'Database' }, @{ Region = 'cn-hangzhou' } {
        $filter = $_
        (Get-BhAsset @filter).Name | Should -Be 'lab-db', 'shop-db'
    }

    It 'takes wildcards, without regard to case' { (Get-BhAsset *WEB-1).Name | Should -Be 'lab-web-1', 'shop-web-1' }

    It 'takes names from the pipeline by property name' { ([pscustomobject]@{ Name = 'shop-db' }, [pscustomobject]@{ Asset = 'lab-db' } | Get-BhAsset).Name | Should -Be 'shop-db', 'lab-db' }

    It 'is silent when a wildcard finds nothing' { Get-BhAsset nothing* -ErrorAction Stop | Should -BeNullOrEmpty }

    It 'names the nearest when there is none, and goes on' {
        $found = Get-BhAsset shop-wbe-1, lab-db -ErrorVariable problems -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'lab-db'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'AssetNotFound,*'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject | Should -Be 'shop-wbe-1'
        "$($problems[0])" | Should -BeLike "*'shop-web-1'*"
    }

    It 'stops reading when a later command has enough' { @(Get-BhAsset | Select-Object -First 2).Count | Should -Be 2 }

    It 'completes names within the owner that is named' {
        $line = 'Get-BhAsset -OwnerAccountId lab -Name '
        (TabExpansion2 $line $line.Length).CompletionMatches.ListItemText | Should -Be 'lab-db', 'lab-web-1', 'lab-web-2', 'lab-web-3'
    }

    It 'shows the owner account in its table' { Get-BhAsset shop-db | Out-String | Should -Match 'OwnerAccountId' }
}

Describe 'Get-BhAsset -AssetGroup' {
    BeforeAll { $null = New-BhAssetGroup some -Member shop-db, lab-db, lab-web-1 }

    It 'lists the assets of a group' { (Get-BhAsset -AssetGroup some).Name | Should -Be 'lab-db', 'lab-web-1', 'shop-db' }

    It 'narrows together with other filters' {
        (Get-BhAsset -AssetGroup some -OwnerAccountId lab -Kind Host).Name | Should -Be 'lab-web-1'
        (Get-BhAsset *-db -AssetGroup some).Name | Should -Be 'lab-db', 'shop-db'
        Get-BhAsset lab-web-2 -AssetGroup some -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'says when there is no such group' { { Get-BhAsset -AssetGroup nothing -ErrorAction Stop } | Should -Throw -ErrorId 'AssetGroupNotFound,*' }
}
