BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhControlPolicy office
}

Describe 'Disable-BhControlPolicy' {
    It 'changes nothing under -WhatIf' {
        Disable-BhControlPolicy office -WhatIf
        (Get-BhControlPolicy office).Enabled | Should -Be $true
    }

    It 'switches it off' {
        Get-BhControlPolicy | Disable-BhControlPolicy -Confirm:$false
        (Get-BhControlPolicy office).Enabled | Should -Be $false
    }

    It 'says when there is none' { { Disable-BhControlPolicy nothing -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'PolicyNotFound,*' }
}
