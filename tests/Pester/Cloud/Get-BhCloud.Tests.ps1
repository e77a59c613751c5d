BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $null = New-TestStore $TestDrive
    $rehearsal = Start-Rehearsal $TestDrive
    'asia', 'europe' | ForEach-Object { $null = Connect-BhCloud $_ -FromEnvironment -Endpoint $rehearsal.Endpoint }
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Get-BhCloud' {
    It 'lists all by name' { (Get-BhCloud).Name | Should -Be 'asia', 'europe' }

    It 'takes wildcards' { (Get-BhCloud e*).Name | Should -Be 'europe' }

    It 'names the nearest when there is none' {
        { Get-BhCloud asai -ErrorAction Stop } | Should -Throw -ErrorId 'CloudConnectionNotFound,*' -ExpectedMessage "*'asia'*"
    }

    It 'completes names' { (TabExpansion2 'Get-BhCloud eu' 14).CompletionMatches.CompletionText | Should -Be 'europe' }

    It 'has to be told apart by those who use them' {
        { Get-BhMemberAccount -Available -ErrorAction Stop } | Should -Throw -ErrorId 'CloudConnectionAmbiguous,*'
    }
}
