BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'anton', 'bob' | ForEach-Object { $null = New-BhUser $_ }
}

Describe 'Get-BhUser' {
    It 'lists all' { (Get-BhUser).Name | Should -Be 'ana', 'anton', 'bob' }

    It 'takes wildcards' { (Get-BhUser an*).Name | Should -Be 'ana', 'anton' }

    It 'takes names by pipeline' { ('bob', 'ana' | Get-BhUser).Name | Should -Be 'bob', 'ana' }

    It 'names the nearest when there is none' {
        { Get-BhUser antno -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*' -ExpectedMessage "*'anton'*"
    }

    It 'lists the users of a group, with their state' {
        $null = New-BhUserGroup ops -Member bob, ana
        (Get-BhUser -UserGroup ops).Name | Should -Be 'ana', 'bob'
        (Get-BhUser b* -UserGroup ops).State | Should -Be 'Active'
        Get-BhUser anton -UserGroup ops | Should -BeNullOrEmpty
    }

    It 'completes names' { (TabExpansion2 'Get-BhUser b' 12).CompletionMatches.CompletionText | Should -Be 'bob' }
}
