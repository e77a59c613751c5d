BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
    foreach ($owner in 'shop', 'lab') {
        $null = New-BhAsset "$owner-1" -OwnerAccountId $owner -PrivateAddress 10.0.0.1
        'root', 'deploy' | ForEach-Object { $null = New-BhAssetAccount "$owner-1" $_ }
    }
    Grant-BhAssetAccount shop-1 -User ana, bob -Account root
    Grant-BhAssetAccount lab-1 -User ana -Account deploy
    $null = New-BhControlPolicy office -User ana -Asset shop-1 -TimeWindow 'Mon-Fri 08:00-18:00 UTC' -AllowProtocol SshShell
    $open = @{ At = [DateTimeOffset]'2026-11-25T09:00Z' }
}

Describe 'Test-BhAccess' {
    It 'tells for a user every account that is reached, through which grant and by which policy' {
        $access = Test-BhAccess ana @open
        ($access | ForEach-Object { "$($_.OwnerAccountId) $($_.Asset) $($_.Account) $($_.Allowed)" }) -join '; ' | Should -Be 'lab lab-1 deploy True; shop shop-1 root True'
        $access[1].Through[0].GrantId | Should -Be (Get-BhAssetGrant shop-1 -User ana).Id
        $access[1].Decision.Sections.Policy | Should -Contain 'office'
        $access[1].Reason | Should -BeLike "Reached by grant*'office'*"
    }

    It 'tells for an asset every user who reaches it' { (Test-BhAccess -Asset shop-1 @open).User | Should -Be @('ana', 'bob') }

    It 'says why not' {
        $closed = Test-BhAccess ana shop-1 root -At '2026-11-29T09:00Z'
        $closed.Allowed | Should -BeFalse
        $closed.Reason | Should -BeLike "*Policy 'office'*denies it*"
        (Test-BhAccess bob lab-1 root).Reason | Should -BeLike 'Not granted*'
        (Test-BhAccess ana shop-1 root -Channel SftpUpload @open).Allowed | Should -BeFalse
    }

    It 'filters by owner account' { (Test-BhAccess ana -OwnerAccountId lab).Asset | Should -Be 'lab-1' }

    It 'takes users and assets from the pipeline' {
        (Get-BhUser bob | Test-BhAccess).Asset | Should -Be 'shop-1'
        (Get-BhAsset shop-1 | Test-BhAccess @open).User | Should -Be @('ana', 'bob')
        (Get-BhAuthorizedAsset ana -OwnerAccountId lab | Test-BhAccess -Account deploy).Allowed | Should -BeTrue
    }

    It 'tells of everybody when nothing is named, and of nobody when nothing is found' {
        @(Test-BhAccess @open).Count | Should -Be 3
        Test-BhAccess -User @() | Should -BeNullOrEmpty
        Get-BhUser nobody* | Test-BhAccess | Should -BeNullOrEmpty
    }

    It 'refuses what is neither a user nor an asset' { { 'ana' | Test-BhAccess -ErrorAction Stop } | Should -Throw -ErrorId 'AccessSubjectUnclear,*' }

    It 'names the nearest when there is none' { { Test-BhAccess anna -ErrorAction Stop } | Should -Throw "*'ana'*" -ErrorId 'UserNotFound,*' }
}
