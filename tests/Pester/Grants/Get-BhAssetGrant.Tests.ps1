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
