BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhUser ana
    foreach ($owner in 'shop', 'lab') {
        1..2 | ForEach-Object {
            $null = New-BhAsset "$owner-$_" -OwnerAccountId $owner -PrivateAddress 10.0.0.1
            $null = New-BhAssetAccount "$owner-$_" root
        }
        Grant-BhAssetAccount "$owner-1" -User ana -Account root
    }
}

Describe 'Get-BhAuthorizedAsset' {
    It 'lists what was granted and nothing else, by owner account' { (Get-BhAuthorizedAsset ana | ForEach-Object { "$($_.OwnerAccountId)/$($_.Asset)" }) -join ' ' | Should -Be 'lab/lab-1 shop/shop-1' }

    It 'filters by owner account' { (Get-BhAuthorizedAsset ana -OwnerAccountId shop).Asset | Should -Be 'shop-1' }

    It 'leaves out what has not begun' {
        Grant-BhAssetAccount lab-2 -User ana -Account root -ValidFrom (Get-Date).AddDays(1)
        (Get-BhAuthorizedAsset ana).Asset | Should -Not -Contain 'lab-2'
    }

    It 'takes users from the pipeline' { (Get-BhUser | Get-BhAuthorizedAsset).User | Sort-Object -Unique | Should -Be 'ana' }

    It 'leads on to the assets themselves' { (Get-BhAuthorizedAsset ana -OwnerAccountId shop | Get-BhAsset).PrivateAddress | Should -Be '10.0.0.1' }

    It 'is empty for a user who is not valid now' {
        $null = New-BhUser later -ValidFrom (Get-Date).AddDays(1)
        Grant-BhAssetAccount shop-1 -User later -Account root
        Get-BhAuthorizedAsset later | Should -BeNullOrEmpty
    }
}

Describe 'Get-BhAuthorizedAsset with groups' {
    BeforeAll {
        $null = New-BhUser bob
        $null = New-BhUserGroup ops -Member bob
        $null = New-BhAssetGroup shops -OwnerAccountId shop
        Grant-BhAssetAccount -AssetGroup shops -UserGroup ops -Account root
        Grant-BhAssetAccount -AssetGroup shops -User bob -Account root
        Grant-BhAssetAccount shop-1 -User bob -Account root
        Grant-BhAssetAccount lab-1 -UserGroup ops -Account root
    }

    It 'says through which groups an asset is granted, and whether directly too' {
        $assets = @(Get-BhAuthorizedAsset bob)
        $assets.Asset | Should -Be 'lab-1', 'shop-1', 'shop-2'
        $assets[0].Through | Should -Be 'ops (group)'
        $assets[1].Through | Should -Be 'directly', 'ops (group) → shops (group)', 'shops (group)'
        $assets[2].Through | Should -Be 'ops (group) → shops (group)', 'shops (group)'
    }

    It 'names each account once' { (Get-BhAuthorizedAsset bob -OwnerAccountId shop)[0].Accounts | Should -Be 'root' }

    It 'says so when it is granted directly' { (Get-BhAuthorizedAsset ana -OwnerAccountId shop).Through | Should -Be 'directly' }

    It 'shows it in its table, with the owner account whole' {
        Get-BhAuthorizedAsset bob -OwnerAccountId lab | Out-String -Width 80 | Should -Match 'ops \(group\)\s+lab'
    }
}
