BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $null = New-TestStore $TestDrive
    $rehearsal = Start-Rehearsal $TestDrive
    $null = Connect-BhCloud -FromEnvironment -Endpoint $rehearsal.Endpoint
    Add-BhMemberAccount 1000000000000003
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Get-BhMemberAccount' {
    It 'lists those that were added' {
        $account = Get-BhMemberAccount
        $account.Id | Should -Be '1000000000000003'
        $account.DisplayName | Should -Be 'acme-shop-production'
        $account.Added | Should -BeTrue
        $account.AddedAt | Should -BeOfType ([DateTimeOffset])
    }

    It 'lists with -Available the whole directory, created and invited, the management account first' {
        $all = Get-BhMemberAccount -Available
        $all[0].JoinMethod | Should -Be 'management'
        $all.JoinMethod | Should -Contain 'created'
        $all.JoinMethod | Should -Contain 'invited'
        ($all | Where-Object Added).Id | Should -Be '1000000000000003'
    }

    It 'takes wildcards on ids and display names' {
        (Get-BhMemberAccount -Available acme-shop*).Id | Should -Be '1000000000000003', '1000000000000004'
        (Get-BhMemberAccount -Available *0005).DisplayName | Should -Be 'acme-logistics'
    }

    It 'says when there is none' {
        { Get-BhMemberAccount 42 -ErrorAction Stop } | Should -Throw -ErrorId 'MemberAccountNotFound,*'
        { Get-BhMemberAccount -Available 42 -ErrorAction Stop } | Should -Throw -ErrorId 'MemberAccountNotFound,*'
    }

    It 'completes ids' { (TabExpansion2 'Get-BhMemberAccount 1' 21).CompletionMatches.ListItemText | Should -Be '1000000000000003' }
}
