BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhUserGroup ops
    $null = New-BhUser ana -Email old@example.com
    [IO.File]::WriteAllText("$TestDrive/users.csv", @'
Name,DisplayName,Email,ValidUntil,Groups
ana,Ana Ruiz,ana@example.com,,ops
bob,"Bob ""B"" O'Neil",bob@example.com,2090-01-31,ops
bad,Bad,nobody,,
lost,Lost,,,nowhere
BOB,Again,,,
cid,,,,
'@)
}

Describe 'Import-BhUser' {
    It 'changes nothing under -WhatIf' {
        Import-BhUser "$TestDrive/users.csv" -WhatIf -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        (Get-BhUser).Name | Should -Be 'ana'
    }

    It 'makes and changes users, and tells which lines are wrong' {
        $results = Import-BhUser "$TestDrive/users.csv" -ErrorVariable failed -ErrorAction SilentlyContinue
        $results.User | Should -Be 'ana', 'bob', 'cid'
        $results.Action | Should -Be 'Change', 'Add', 'Add'
        $results[0].Detail | Should -Be 'DisplayName, Email, +ops'
        $failed.Count | Should -Be 3
        $failed.FullyQualifiedErrorId | Should -Be (, 'UserNotImported,Bastion.PowerShell.Users.Import.ImportBhUserCommand' * 3)
        $failed[0].Exception.Message | Should -BeLike "Line 4 was not imported: 'nobody' is not an e-mail address*"
        $failed[1].Exception.Message | Should -BeLike "Line 5 was not imported: No group of users is called 'nowhere'*"
        $failed[2].Exception.Message | Should -BeLike 'Line 6 was not imported: the user is on line 3 already*'
        (Get-BhUser).Name | Should -Be 'ana', 'bob', 'cid'
        (Get-BhUser bob).DisplayName | Should -Be 'Bob "B" O''Neil'
        (Get-BhUser -UserGroup ops).Name | Should -Be 'ana', 'bob'
    }

    It 'changes nothing the second time' {
        (Import-BhUser "$TestDrive/users.csv" -ErrorAction SilentlyContinue).Action | Should -Be 'None', 'None', 'None'
    }

    It 'refuses a file whose columns it does not know' {
        [IO.File]::WriteAllText("$TestDrive/other.csv", "Name;Mail`nx;y")
        { Import-BhUser "$TestDrive/other.csv" -Delimiter ';' -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotImported,*' -ExpectedMessage "*no column 'Mail'*"
    }

    It 'says which file is missing' { { Import-BhUser "$TestDrive/none.csv" -ErrorAction Stop } | Should -Throw -ErrorId 'FileUnreadable,*' }
}
