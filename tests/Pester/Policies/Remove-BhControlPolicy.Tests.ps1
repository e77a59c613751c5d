BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'one', 'two', 'three' | ForEach-Object { $null = New-BhControlPolicy $_ }
}

Describe 'Remove-BhControlPolicy' {
    It 'changes nothing under -WhatIf' {
        Get-BhControlPolicy | Remove-BhControlPolicy -WhatIf
        @(Get-BhControlPolicy).Count | Should -Be 3
    }

    It 'removes those that are named' {
        Remove-BhControlPolicy one -Confirm:$false
        (Get-BhControlPolicy).Name | Should -Be 'three', 'two'
    }

    It 'takes policies from the pipeline' {
        Get-BhControlPolicy | Remove-BhControlPolicy -Confirm:$false
        Get-BhControlPolicy | Should -BeNullOrEmpty
    }

    It 'says when there is none' { { Remove-BhControlPolicy one -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'PolicyNotFound,*' }
}
