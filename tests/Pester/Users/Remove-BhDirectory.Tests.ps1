BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'corp', 'ad' | ForEach-Object { $null = New-BhDirectory $_ -Server "$_.example.org" -BaseDn 'dc=example,dc=org' }
}

Describe 'Remove-BhDirectory' {
    It 'changes nothing under -WhatIf' {
        Get-BhDirectory | Remove-BhDirectory -WhatIf
        @(Get-BhDirectory).Count | Should -Be 2
    }

    It 'removes a directory' {
        Remove-BhDirectory corp -Confirm:$false
        (Get-BhDirectory).Name | Should -Be 'ad'
    }

    It 'takes directories from the pipeline' {
        Get-BhDirectory | Remove-BhDirectory -Confirm:$false
        Get-BhDirectory | Should -BeNullOrEmpty
    }

    It 'says when there is none' { { Remove-BhDirectory corp -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'DirectoryNotFound,*' }
}
