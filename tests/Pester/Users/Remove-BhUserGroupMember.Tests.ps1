BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob', 'lee' | ForEach-Object { $null = New-BhUser $_ }
    $null = New-BhUserGroup ops -Member ana, bob, lee
}

Describe 'Remove-BhUserGroupMember' {
    It 'takes out nobody under -WhatIf' {
        Get-BhUser | Remove-BhUserGroupMember ops -WhatIf
        (Get-BhUserGroup ops).Users | Should -Be 3
    }

    It 'takes a user out, who stays a user' {
        Remove-BhUserGroupMember ops ana
        (Get-BhUser -UserGroup ops).Name | Should -Be 'bob', 'lee'
        (Get-BhUser ana).Name | Should -Be 'ana'
    }

    It 'changes nothing when run again' { (Remove-BhUserGroupMember ops ana -PassThru -ErrorAction Stop).Users | Should -Be 2 }

    It 'takes users from the pipeline, each once' {
        ('lee', 'lee', 'bob' | Remove-BhUserGroupMember ops -PassThru -ErrorAction Stop).Users | Should -Be 0
    }

    It 'says when the user is not there' { { Remove-BhUserGroupMember ops nobody -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*' }
}
