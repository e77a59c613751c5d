BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhAsset web-1 -OwnerAccountId 7 -PrivateAddress 10.0.0.1
    $null = New-BhSharedKey fleet
    $null = New-BhSharedKey spare -ExpiresAt (Get-Date).AddDays(-1) -WarningAction SilentlyContinue
    $null = New-BhAssetAccount web-1 root -SharedKey fleet
}

Describe 'Get-BhSharedKey' {
    It 'lists all by name, and who uses them' {
        $keys = Get-BhSharedKey -WarningAction SilentlyContinue
        $keys.Name | Should -Be 'fleet', 'spare'
        $keys[0].UsedBy | Should -Be 'root@web-1'
    }

    It 'warns of one that has expired, and of no other' {
        $null = Get-BhSharedKey -WarningVariable warned -WarningAction SilentlyContinue
        $warned.Count | Should -Be 1
        "$warned" | Should -BeLike "*'spare' expired on*"
    }

    It 'takes wildcards' { (Get-BhSharedKey fl*).Name | Should -Be 'fleet' }

    It 'names the nearest when there is none' { { Get-BhSharedKey flet -ErrorAction Stop } | Should -Throw -ErrorId 'SharedKeyNotFound,*' -ExpectedMessage "*'fleet'*" }

    It 'completes names' { (TabExpansion2 'Get-BhSharedKey fl' 18).CompletionMatches.CompletionText | Should -Be 'fleet' }
}
