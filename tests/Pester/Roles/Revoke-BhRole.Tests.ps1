BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhAsset web-1 -OwnerAccountId acc-1 -PrivateAddress 10.0.0.1
    $null = New-BhProject payments -OwnerAccountId acc-1
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
}

Describe 'Revoke-BhRole' {
    It 'takes nothing under -WhatIf' {
        Revoke-BhRole Operator ana -WhatIf
        (Get-BhRole Operator -User ana).User | Should -Be 'ana'
    }

    It 'takes what is held for everything, and leaves what is held for a project' {
        Grant-BhRole Operator ana -Project payments
        Revoke-BhRole Operator ana
        (Get-BhRole Operator -User ana).Project | Should -Be 'payments'
    }

    It 'takes roles from the pipeline' {
        Get-BhRole -User ana | Revoke-BhRole
        Get-BhRole -User ana | Should -BeNullOrEmpty
        (Get-BhRole).User | Should -Be 'bob'
    }

    It 'says what is held when the role is not' { { Revoke-BhRole Auditor bob -ErrorAction Stop } | Should -Throw -ErrorId 'RoleNotHeld,*' -ExpectedMessage '*bob: Operator for everything*' }
}
