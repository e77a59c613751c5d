BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    foreach ($owner in 'shop', 'lab') {
        $null = New-BhAsset "$owner-web" -OwnerAccountId $owner -PrivateAddress 10.0.0.1
        'root', 'ops' | ForEach-Object { $null = New-BhAssetAccount "$owner-web" $_ }
    }
}

Describe 'Get-BhAssetAccount' {
    It 'lists all by asset and name' { (Get-BhAssetAccount | ForEach-Object { "$_" }) -join ' ' | Should -Be 'ops@lab-web root@lab-web ops@shop-web root@shop-web' }

    It 'lists those of assets that are piped in' { (Get-BhAsset shop* | Get-BhAssetAccount).Name | Should -Be 'ops', 'root' }

    It 'filters by owner account' { (Get-BhAssetAccount -OwnerAccountId lab).OwnerAccountId | Sort-Object -Unique | Should -Be 'lab' }

    It 'takes wildcards' { (Get-BhAssetAccount -Name r*).Asset | Should -Be 'lab-web', 'shop-web' }

    It 'names the nearest when there is none' {
        { Get-BhAssetAccount shop-web roto -ErrorAction Stop } | Should -Throw -ErrorId 'AssetAccountNotFound,*' -ExpectedMessage "*'root'*"
    }

    It 'completes logins of the asset' { (TabExpansion2 'Get-BhAssetAccount shop-web r' 29).CompletionMatches.CompletionText | Should -Be 'root' }
}
