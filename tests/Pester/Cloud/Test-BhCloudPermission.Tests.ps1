BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $null = New-TestStore $TestDrive
    $rehearsal = Start-Rehearsal $TestDrive
    $null = Connect-BhCloud -FromEnvironment -Endpoint $rehearsal.Endpoint
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Test-BhCloudPermission' {
    It 'tries the rights at the directory' {
        $rights = Test-BhCloudPermission
        $rights.Action | Should -Contain 'resourcemanager:ListAccounts'
        $rights.Allowed | Should -Not -Contain $false
    }

    It 'tries the rights in members that are piped in' {
        Add-BhMemberAccount 1000000000000003, 1000000000000005
        $rights = Get-BhMemberAccount | Test-BhCloudPermission
        $rights | Where-Object Action -eq 'ecs:DescribeInstances' | ForEach-Object AccountId | Sort-Object | Should -Be '1000000000000003', '1000000000000005'
        $rights.Allowed | Should -Not -Contain $false
    }

    It 'says what is missing in a member without the role, and changes nothing' {
        $rights = Test-BhCloudPermission 1000000000000006
        $missing = @($rights | Where-Object { -not $_.Allowed })
        $missing.Count | Should -BeGreaterThan 0
        $missing[0].Message | Should -BeLike '*ResourceDirectoryAccountAccessRole*'
        (Get-BhMemberAccount).Id | Should -Not -Contain '1000000000000006'
    }
}
