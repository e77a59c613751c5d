BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhUser ana
    'ops', 'office', 'night' | ForEach-Object { $null = New-BhUserGroup $_ -Member ana }
}

Describe 'Remove-BhUserGroup' {
    It 'changes nothing under -WhatIf' {
        Get-BhUserGroup | Remove-BhUserGroup -WhatIf
        @(Get-BhUserGroup).Count | Should -Be 3
    }

    It 'leaves the users' {
        Remove-BhUserGroup ops -Confirm:$false
        (Get-BhUserGroup).Name | Should -Be 'night', 'office'
        (Get-BhUser).Name | Should -Be 'ana'
    }

    It 'takes groups from the pipeline' {
        Get-BhUserGroup night | Remove-BhUserGroup -Confirm:$false
        (Get-BhUserGroup).Name | Should -Be 'office'
    }

    It 'says when there is none' { { Remove-BhUserGroup nothing -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'UserGroupNotFound,*' }
}
