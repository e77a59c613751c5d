BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
}

Describe 'Set-BhSignInPolicy' {
    It 'changes nothing under -WhatIf' {
        Set-BhSignInPolicy -LockAfter 1 -WhatIf
        (Get-BhSignInPolicy).LockAfter | Should -Be 5
    }

    It 'changes what is given and leaves the rest' {
        $policy = Set-BhSignInPolicy -LockAfter 0 -MinPasswordLength 16 -PassThru
        $policy.LockAfter | Should -Be 0
        $policy.MinPasswordLength | Should -Be 16
        $policy.LockMinutes | Should -Be 30
        (Get-BhSignInPolicy).LockAfter | Should -Be 0
    }

    It 'refuses a number out of its range' {
        { Set-BhSignInPolicy -MinPasswordLength 4 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidSignInPolicy,*'
        (Get-BhSignInPolicy).MinPasswordLength | Should -Be 16
    }
}
