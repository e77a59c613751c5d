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

    It 'completes names' { (TabExpansion2 'Get-BhUser b' 12).CompletionMatches.CompletionText | Should -Be 'bob' }
}
