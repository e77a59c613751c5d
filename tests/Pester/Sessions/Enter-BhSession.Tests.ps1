# At a real terminal: tests/Unit/Console/SessionTests.cs. Here a script types.
BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $rehearsal = Start-Rehearsal $TestDrive -Hosts
    $store = New-RehearsalStore $TestDrive $rehearsal
    $login = (Get-RehearsalHost $rehearsal 'web-2').user

    # In a process of its own, as a session shows what it shows on the process's own terminal
    function Invoke-Typing([string[]] $Line, [string] $More = '') {
        $lines = ($Line | ForEach-Object { "'$($_.Replace("'", "''"))'" }) -join ', '
        $script = "`$ErrorActionPreference = 'Stop'; `$null = Connect-BhStore '$store'; Enter-BhSession web-2 -User ana -InputLine $lines -PassThru $More | ConvertTo-Json -Depth 3"
        dotnet $env:BASTION_CONSOLE -NonInteractive -c $script
    }
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Enter-BhSession' {
    It 'types the lines, shows the output, records it and tells the exit code' {
        $shown = Invoke-Typing 'echo "on $(hostname)"', 'exit 3'
        ($shown -join "`n") | Should -Match 'on web-2'
        $session = Get-BhSessionAudit | Select-Object -First 1
        $session.Channel | Should -Be 'SshShell'
        $session.State | Should -Be 'Ended'
        $session.ExitCode | Should -Be 3
        (Show-BhSessionReplay $session.Id -AsText) -join "`n" | Should -Match 'on web-2'
    }

    It 'ends after the last line, whether it says exit or not' {
        $null = Invoke-Typing 'true'
        (Get-BhSessionAudit | Select-Object -First 1).State | Should -Be 'Ended'
    }

    It 'says that it needs a terminal when there is none' {
        { Enter-BhSession web-2 -User ana -ErrorAction Stop } | Should -Throw -ErrorId 'NoTerminal,*' -ExpectedMessage '*Invoke-BhCommand*'
    }

    It 'is ended within seconds when <what>' -ForEach @(
        @{ what = 'the grant is revoked'; close = { Revoke-BhAssetAccount web-2 -User ana -Account $login -Confirm:$false }; open = { Grant-BhAssetAccount web-2 -User ana -Account $login } }
        @{ what = 'a policy closes the channel'; close = { $null = New-BhControlPolicy shut -AllowProtocol SshExec }; open = { Remove-BhControlPolicy shut -Confirm:$false } }
        @{ what = 'the user''s time is over'; close = { Set-BhUser ana -ValidUntil (Get-Date) -WarningAction SilentlyContinue }; open = { Set-BhUser ana -ValidUntil $null } }
        @{ what = 'the account is removed'; close = { Remove-BhAssetAccount web-2 $login -Confirm:$false }; open = { $null = New-BhAssetAccount web-2 $login -PrivateKeyPath (Get-RehearsalHost $rehearsal 'web-2').privateKeyPath; Grant-BhAssetAccount web-2 -User ana -Account $login } }
    ) {
        $before = (Get-BhSessionAudit | Select-Object -First 1).Id
        $job = Start-ThreadJob { param($console, $store) dotnet $console -NonInteractive -c "`$null = Connect-BhStore '$store'; Enter-BhSession web-2 -User ana -InputLine 'sleep 600'" 2>&1 } -ArgumentList $env:BASTION_CONSOLE, $store
        $until = [datetime]::UtcNow.AddSeconds(60)
        while (-not ($running = Get-BhSessionAudit -State Running) -and [datetime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 100 }
        $running.Id | Should -Not -Be $before
        & $close
        try {
            while ((Get-BhSessionAudit $running.Id).State -eq 'Running' -and [datetime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 100 }
            $session = Get-BhSessionAudit $running.Id
            $session.State | Should -Be 'Ended'
            $session.EndReason | Should -BeLike 'Closed by the bastion:*'
            ($session.EndedAt - $session.StartedAt).TotalSeconds | Should -BeLessThan 60
            "$(Receive-Job $job -Wait)" | Should -BeLike '*closed the session*'
        }
        finally {
            & $open
            Remove-Job $job -Force
        }
    }

    It 'leaves a readable recording and says that it broke off when its process is killed' {
        $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
        $env:BASTION_CONSOLE, '-NonInteractive', '-c', "`$null = Connect-BhStore '$store'; Enter-BhSession web-2 -User ana -InputLine 'echo before the end', 'sleep 600'" | ForEach-Object { $start.ArgumentList.Add($_) }
        $start.RedirectStandardOutput = $true
        $process = [Diagnostics.Process]::Start($start)
        $shown = ''
        while ($shown -notmatch '(?m)^before the end') { $shown += [char]$process.StandardOutput.Read() }
        $process.Kill()
        $process.WaitForExit()
        $session = Get-BhSessionAudit | Select-Object -First 1
        $session.State | Should -Be 'Broken'
        $session.EndReason | Should -BeLike '*died*'
        (Show-BhSessionReplay $session.Id -AsText) -join "`n" | Should -Match '(?m)^before the end'
    }
}
