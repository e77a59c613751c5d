BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhUser ana
    $null = New-BhUserGroup ops -Member ana -Comment 'on call'
    $null = New-BhUserGroup office
}

Describe 'Set-BhUserGroup' {
    It 'changes the name and leaves comment and members' {
        $group = Set-BhUserGroup ops -NewName operations -PassThru
        $group.Name | Should -Be 'operations'
        $group.Comment | Should -Be 'on call'
        $group.Users | Should -Be 1
    }

    It 'takes the comment away' { (Set-BhUserGroup operations -Comment '' -PassThru).Comment | Should -BeNullOrEmpty }

    It 'takes groups from the pipeline' { (Get-BhUserGroup | Set-BhUserGroup -Comment all -PassThru).Comment | Should -Be 'all', 'all' }

    It 'changes nothing under -WhatIf' {
        Set-BhUserGroup office -NewName home -WhatIf
        (Get-BhUserGroup office).Name | Should -Be 'office'
    }

    It 'refuses a name that is taken' { { Set-BhUserGroup office -NewName OPERATIONS -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken,*' }

    It 'says when there is none' { { Set-BhUserGroup nothing -Comment x -ErrorAction Stop } | Should -Throw -ErrorId 'UserGroupNotFound,*' }
}
