BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $null = New-TestStore $TestDrive
    $rehearsal = Start-Rehearsal $TestDrive
    $null = Connect-BhCloud -FromEnvironment -Endpoint $rehearsal.Endpoint
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Add-BhMemberAccount' {
    It 'adds nothing under -WhatIf' {
        Get-BhMemberAccount -Available | Add-BhMemberAccount -WhatIf
        Get-BhMemberAccount | Should -BeNullOrEmpty
    }

    It 'adds one, quietly, or tells of it with -PassThru' {
        Add-BhMemberAccount 1000000000000003 | Should -BeNullOrEmpty
        (Add-BhMemberAccount 1000000000000004 -PassThru).DisplayName | Should -Be 'acme-shop-test'
    }

    It 'takes the directory from the pipeline; who has not joined is an error of its own' {
        Get-BhMemberAccount -Available | Add-BhMemberAccount -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'MemberAccountUnusable,*'
        $problems[0].TargetObject | Should -Be '1000000000000007'
        @(Get-BhMemberAccount).Count | Should -Be 6
    }

    It 'can be run again' {
        Add-BhMemberAccount 1000000000000003
        @(Get-BhMemberAccount).Count | Should -Be 6
    }

    It 'refuses an account outside the directory' {
        { Add-BhMemberAccount 9999999999999999 -ErrorAction Stop } | Should -Throw -ErrorId 'MemberAccountNotFound,*'
    }
}
