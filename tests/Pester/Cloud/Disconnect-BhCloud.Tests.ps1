BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $null = New-TestStore $TestDrive
    $rehearsal = Start-Rehearsal $TestDrive
    $null = Connect-BhCloud acme -FromEnvironment -Endpoint $rehearsal.Endpoint
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Disconnect-BhCloud' {
    It 'is refused while member accounts came through it' {
        Add-BhMemberAccount 1000000000000003
        { Disconnect-BhCloud acme -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'CloudConnectionInUse,*'
        (Get-BhCloud).Name | Should -Be 'acme'
        Remove-BhMemberAccount 1000000000000003 -Confirm:$false
    }

    It 'changes nothing under -WhatIf' {
        Disconnect-BhCloud acme -WhatIf
        (Get-BhCloud).Name | Should -Be 'acme'
    }

    It 'forgets it' {
        Get-BhCloud | Disconnect-BhCloud -Confirm:$false
        Get-BhCloud | Should -BeNullOrEmpty
        { Get-BhMemberAccount -Available -ErrorAction Stop } | Should -Throw -ErrorId 'CloudNotConnected,*'
    }
}
