BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
    $null = New-BhUserGroup ops -Member ana, bob -Comment 'on call'
    $null = New-BhUserGroup office -Member bob
    $null = New-BhUserGroup empty
}

Describe 'Get-BhUserGroup' {
    It 'lists all with the number of their users' { (Get-BhUserGroup | ForEach-Object { "$($_.Name) $($_.Users)" }) -join ', ' | Should -Be 'empty 0, office 1, ops 2' }

    It 'takes wildcards' { (Get-BhUserGroup o*).Name | Should -Be 'office', 'ops' }

    It 'takes names by pipeline' { ('ops', 'empty' | Get-BhUserGroup).Name | Should -Be 'ops', 'empty' }

    It 'lists the groups of a user' {
        (Get-BhUserGroup -User bob).Name | Should -Be 'office', 'ops'
        (Get-BhUserGroup -User ana).Name | Should -Be 'ops'
    }

    It 'names the nearest when there is none' {
        { Get-BhUserGroup opss -ErrorAction Stop } | Should -Throw -ErrorId 'UserGroupNotFound,*' -ExpectedMessage "*'ops'*"
    }

    It 'completes names' { (TabExpansion2 'Get-BhUserGroup of' 18).CompletionMatches.CompletionText | Should -Be 'office' }

    It 'shows name, users and comment in its table' { Get-BhUserGroup ops | Out-String | Should -Match 'ops\s+2\s+on call' }
}
