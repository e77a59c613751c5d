BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhAsset web-1 -OwnerAccountId acc-1 -PrivateAddress 10.0.0.1
    $null = New-BhUser ana
    $null = New-BhProject payments -OwnerAccountId acc-1
    Grant-BhRole Auditor ana -Project payments
}

Describe 'Remove-BhProject' {
    It 'removes nothing under -WhatIf' {
        Remove-BhProject payments -WhatIf
        (Get-BhProject).Name | Should -Be 'payments'
    }

    It 'takes the roles held for it along; what its accounts own stays' {
        Get-BhProject payments | Remove-BhProject -Confirm:$false
        Get-BhProject | Should -BeNullOrEmpty
        Get-BhRole Auditor | Should -BeNullOrEmpty
        (Get-BhAsset).Name | Should -Be 'web-1'
    }

    It 'says when there is none' { { Remove-BhProject payments -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'ProjectNotFound,*' }
}
