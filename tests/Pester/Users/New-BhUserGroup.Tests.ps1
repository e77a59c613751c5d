BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
}

Describe 'New-BhUserGroup' {
    It 'makes one with members' {
        $group = New-BhUserGroup ops -Member ana, bob -Comment 'on call'
        $group.Name | Should -Be 'ops'
        $group.Users | Should -Be 2
        $group.Comment | Should -Be 'on call'
        (Get-BhUser -UserGroup ops).Name | Should -Be 'ana', 'bob'
    }

    It 'makes many from objects' { ([pscustomobject]@{ Name = 'a' }, [pscustomobject]@{ Name = 'b' } | New-BhUserGroup).Name | Should -Be 'a', 'b' }

    It 'makes none under -WhatIf' {
        New-BhUserGroup not -WhatIf
        Get-BhUserGroup not* | Should -BeNullOrEmpty
    }

    It 'completes members' { (TabExpansion2 'New-BhUserGroup x -Member b' 27).CompletionMatches.CompletionText | Should -Be 'bob' }

    It 'refuses <what>, and makes nothing' -ForEach @(
        @{ what = 'a name that is taken'; id = 'NameTaken'; name = 'OPS'; with = @{} }
        @{ what = 'a member that is not there'; id = 'UserNotFound'; name = 'x'; with = @{ Member = 'ana', 'nobody' } }
    ) {
        $before = @(Get-BhUserGroup).Count
        { New-BhUserGroup $name @with -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
        @(Get-BhUserGroup).Count | Should -Be $before
    }
}
