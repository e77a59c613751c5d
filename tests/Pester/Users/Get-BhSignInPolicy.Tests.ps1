BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
}

Describe 'Get-BhSignInPolicy' {
    It 'tells the rules of a new store' {
        $policy = Get-BhSignInPolicy
        $policy.LockAfter | Should -Be 5
        $policy.LockMinutes | Should -Be 30
        $policy.MinPasswordLength | Should -Be 12
        $policy.MaxPasswordAgeDays | Should -Be 0
    }

    It 'shows each of them' { Get-BhSignInPolicy | Out-String | Should -BeLike '*LockAfter*LockMinutes*CountMinutes*MinPasswordLength*MinPasswordClasses*PasswordHistory*MaxPasswordAgeDays*RequireTotp*' }
}
