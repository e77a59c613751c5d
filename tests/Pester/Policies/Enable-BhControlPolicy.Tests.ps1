BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhControlPolicy office -Disabled
}

Describe 'Enable-BhControlPolicy' {
    It 'changes nothing under -WhatIf' {
        Enable-BhControlPolicy office -WhatIf
        (Get-BhControlPolicy office).Enabled | Should -Be $false
    }

    It 'switches it on' {
        Get-BhControlPolicy | Enable-BhControlPolicy -Confirm:$false
        (Get-BhControlPolicy office).Enabled | Should -Be $true
    }

    It 'says when there is none' { { Enable-BhControlPolicy nothing -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'PolicyNotFound,*' }
}
