BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ -Email "$_@example.com" }
}

Describe 'Set-BhUser' {
    It 'changes what is given and leaves the rest' {
        $user = Set-BhUser ana -DisplayName 'Ana Ruiz' -PassThru
        $user.DisplayName | Should -Be 'Ana Ruiz'
        $user.Email | Should -Be 'ana@example.com'
    }

    It 'ends a user at once with an end that has passed' { (Set-BhUser bob -ValidUntil (Get-Date).AddMinutes(-1) -PassThru -WarningAction SilentlyContinue).State | Should -Be 'Expired' }

    It 'takes a value away' {
        $user = Set-BhUser bob -ValidUntil $null -Email '' -PassThru
        $user.ValidUntil | Should -BeNullOrEmpty
        $user.Email | Should -BeNullOrEmpty
        $user.State | Should -Be 'Active'
    }

    It 'takes users from the pipeline' { (Get-BhUser | Set-BhUser -Comment 'all' -PassThru).Comment | Should -Be 'all', 'all' }

    It 'changes nothing under -WhatIf' {
        Set-BhUser ana -NewName eva -WhatIf
        (Get-BhUser).Name | Should -Be 'ana', 'bob'
    }

    It 'refuses a name that is taken' { { Set-BhUser ana -NewName BOB -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken,*' }

    It 'says when there is none' { { Set-BhUser nobody -Comment x -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*' }
}
