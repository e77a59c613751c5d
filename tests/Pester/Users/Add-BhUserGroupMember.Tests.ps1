BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'anton', 'bob', 'lee' | ForEach-Object { $null = New-BhUser $_ }
    'ops', 'office', 'night' | ForEach-Object { $null = New-BhUserGroup $_ }
}

Describe 'Add-BhUserGroupMember' {
    It 'puts in nobody under -WhatIf' {
        Add-BhUserGroupMember ops ana -WhatIf
        Get-BhUser -UserGroup ops | Should -BeNullOrEmpty
    }

    It 'puts users in' { (Add-BhUserGroupMember ops ana, bob -PassThru).Users | Should -Be 2 }

    It 'changes nothing when run again' {
        $before = (Get-BhUserGroup ops).ChangedAt
        (Add-BhUserGroupMember ops ana -PassThru).ChangedAt | Should -Be $before
    }

    It 'takes users from the pipeline, and emits the group once' {
        $groups = @(Get-BhUser an* | Add-BhUserGroupMember office -PassThru)
        $groups.Count | Should -Be 1
        $groups[0].Users | Should -Be 2
        (Get-BhUser -UserGroup office).Name | Should -Be 'ana', 'anton'
    }

    It 'takes groups and users by property name' {
        [pscustomobject]@{ UserGroup = 'night'; User = 'lee' }, [pscustomobject]@{ UserGroup = 'office'; User = 'lee' } | Add-BhUserGroupMember
        (Get-BhUserGroup -User lee).Name | Should -Be 'night', 'office'
    }

    It 'takes groups from the pipeline' {
        Get-BhUserGroup o* | Add-BhUserGroupMember -User bob
        (Get-BhUserGroup -User bob).Name | Should -Be 'office', 'ops'
    }

    It 'reports who is not there, and puts the others in' {
        Add-BhUserGroupMember night nobody, bob -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'UserNotFound,*'
        (Get-BhUser -UserGroup night).Name | Should -Be 'bob', 'lee'
    }

    It 'says when there is no such group' { { Add-BhUserGroupMember nothing ana -ErrorAction Stop } | Should -Throw -ErrorId 'UserGroupNotFound,*' }
}
