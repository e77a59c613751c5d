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
