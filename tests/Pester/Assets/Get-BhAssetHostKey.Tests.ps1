BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $rehearsal = Start-Rehearsal $TestDrive -Hosts
    $null = New-RehearsalStore $TestDrive $rehearsal
    $theirs = Get-RehearsalHost $rehearsal 'web-2'
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Get-BhAssetHostKey' {
    It 'is empty before the first session' { Get-BhAssetHostKey web-2 | Should -BeNullOrEmpty }

    It 'tells the key that was trusted on first use, as the host itself tells it' {
        $null = Invoke-BhCommand web-2 true -User ana
        $key = Get-BhAssetHostKey web-2
        $key.Fingerprint | Should -Be $theirs.hostKeyFingerprint
        $key.State | Should -Be 'Trusted'
        $key.TrustedBy | Should -Be 'first use'
        $key.OwnerAccountId | Should -Be '1000000000000003'
    }

    It 'takes assets from the pipeline' { (Get-BhAsset -OwnerAccountId 1000000000000003 | Get-BhAssetHostKey).Asset | Should -Be 'web-2' }

    It 'says when there is no such asset' { { Get-BhAssetHostKey nobody -ErrorAction Stop } | Should -Throw -ErrorId 'AssetNotFound,*' }
}
