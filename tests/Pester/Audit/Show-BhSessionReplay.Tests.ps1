# The player with its keys at a real terminal: tests/Unit/Console/ReplayTests.cs
BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $rehearsal = Start-Rehearsal $TestDrive -Hosts
    $store = New-RehearsalStore $TestDrive $rehearsal
    $result = Invoke-BhCommand web-2 'printf "first\nsecond\033[1D\033]52;c;c3RvbGVu\007\n"' -User ana
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Show-BhSessionReplay' {
    It 'gives what was shown as lines, without sequences' { Show-BhSessionReplay $result.SessionId -AsText | Should -Be 'first', 'second' }

    It 'takes sessions from the pipeline' { Get-BhSessionAudit $result.SessionId | Show-BhSessionReplay -AsText | Select-Object -First 1 | Should -Be 'first' }

    It 'plays to the end where nobody sits, and lets nothing through that acts on a terminal' {
        $shown = dotnet $env:BASTION_CONSOLE -NonInteractive -c "`$null = Connect-BhStore '$store'; Show-BhSessionReplay $($result.SessionId) -Speed 1000"
        $shown = $shown -join "`n"
        $shown | Should -Match 'second'
        $shown | Should -Not -Match "`e\]"
        $shown | Should -Not -Match 'c3RvbGVu'
    }

    It 'says that a denied session has none' {
        $null = New-BhUser bob
        Invoke-BhCommand web-2 'id' -User bob -ErrorAction SilentlyContinue
        $denied = Get-BhSessionAudit -State Denied
        { Show-BhSessionReplay $denied.Id -AsText -ErrorAction Stop } | Should -Throw -ErrorId 'RecordingMissing,*'
    }

    It 'says that a recording is gone' {
        Remove-Item (Get-BhSessionAudit $result.SessionId).Recording
        { Show-BhSessionReplay $result.SessionId -AsText -ErrorAction Stop } | Should -Throw -ErrorId 'RecordingMissing,*' -ExpectedMessage '*find out who*'
    }
}
