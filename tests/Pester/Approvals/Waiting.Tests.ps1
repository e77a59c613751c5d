# Sessions in processes of their own that wait for an approval from here.
BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $rehearsal = Start-Rehearsal $TestDrive -Hosts
    $store = New-RehearsalStore $TestDrive $rehearsal
    $null = New-BhUser bob

    function Start-Waiting([string] $Command) {
        $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $env:BASTION_CONSOLE, '-NonInteractive', '-c', "`$null = Connect-BhStore '$store'; $Command" | ForEach-Object { $start.ArgumentList.Add($_) }
        $process = [Diagnostics.Process]::Start($start)
        $shown = $process.StandardOutput.ReadToEndAsync()
        $until = [datetime]::UtcNow.AddSeconds(60)
        while (-not ($request = Get-BhApproval -Pending) -and -not $process.HasExited -and [datetime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 50 }
        @{ Process = $process; Shown = $shown; Request = $request }
    }

    function Receive-Waiting($Waiting) {
        $Waiting.Process.WaitForExit(60000) | Should -BeTrue
        $Waiting.Shown.GetAwaiter().GetResult()
    }
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'A session that needs approval' {
    BeforeAll { $null = New-BhControlPolicy ask -RequireApproval -Approver bob -BreakGlass ana }
    AfterAll { Remove-BhControlPolicy ask -Confirm:$false }

    It 'goes on when it is approved' {
        $waiting = Start-Waiting "Invoke-BhCommand web-2 'echo went on' -User ana -Reason 'change 4711' | ForEach-Object Output"
        $waiting.Request.Reason | Should -Be 'change 4711'
        $waiting.Process.HasExited | Should -BeFalse
        Approve-BhApproval $waiting.Request.Id -As bob
        $shown = Receive-Waiting $waiting
        $shown | Should -Match 'went on'
        $shown | Should -Match $waiting.Request.Id
        (Get-BhApproval $waiting.Request.Id).SessionId | Should -Be (Get-BhSessionAudit | Select-Object -First 1).Id
        Deny-BhApproval $waiting.Request.Id -As bob
    }

    It 'of a shell goes on too, and ends when the yes is taken back' {
        $waiting = Start-Waiting "Enter-BhSession web-2 -User ana -InputLine 'sleep 600'"
        Approve-BhApproval $waiting.Request.Id -As bob
        $until = [datetime]::UtcNow.AddSeconds(60)
        while (-not ($running = Get-BhSessionAudit -State Running) -and [datetime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 50 }
        Deny-BhApproval $waiting.Request.Id -As bob -Comment enough
        $null = Receive-Waiting $waiting
        (Get-BhSessionAudit $running.Id).EndReason | Should -BeLike '*no by bob*enough*'
    }

    It 'fails with the id of the request under -NoWait, and runs once it is approved' {
        $problem = $null
        try { Invoke-BhCommand web-2 'echo now' -User ana -NoWait -ErrorAction Stop } catch { $problem = $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ApprovalPending,*'
        Approve-BhApproval $problem.Exception.Request.Id -As bob
        (Invoke-BhCommand web-2 'echo now' -User ana -NoWait).Output | Should -Be 'now'
        Get-BhApproval -State Approved | Deny-BhApproval -As bob
    }

    It 'is taken back by Ctrl-C' {
        $shell = [powershell]::Create().AddScript({ param($manifest, $store) Import-Module $manifest; $null = Connect-BhStore $store; Invoke-BhCommand web-2 'echo never' -User ana })
        $null = $shell.AddArgument((Get-Module Bastion).Path).AddArgument($store).BeginInvoke()
        $until = [datetime]::UtcNow.AddSeconds(60)
        while (-not ($request = Get-BhApproval -Pending) -and [datetime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 50 }
        $shell.Stop()
        (Get-BhApproval $request.Id).State | Should -Be 'Cancelled'
    }

    It 'opens in an emergency by its own user, marked' {
        (Invoke-BhCommand web-2 'echo alone' -User ana -BreakGlass -Reason 'site down').Output | Should -Be 'alone'
        (Get-BhApproval -BreakGlass).Reason | Should -Be 'site down'
    }
}

Describe 'A command that needs approval' {
    BeforeAll { $null = New-BhControlPolicy ask -ApproveCommand touch -Approver bob }

    It 'waits for it, and runs once' {
        (Invoke-BhCommand web-2 'echo free' -User ana).Output | Should -Be 'free'
        $waiting = Start-Waiting "Invoke-BhCommand web-2 'touch /tmp/x-$PID; rm /tmp/x-$PID; echo touched' -User ana | ForEach-Object Output"
        $waiting.Request.Command | Should -Be "touch /tmp/x-$PID; rm /tmp/x-$PID; echo touched"
        Approve-BhApproval $waiting.Request.Id -As bob
        Receive-Waiting $waiting | Should -Match 'touched'
        (Get-BhApproval $waiting.Request.Id).State | Should -Be 'Used'
        { Invoke-BhCommand web-2 $waiting.Request.Command -User ana -NoWait -ErrorAction Stop } | Should -Throw -ErrorId 'ApprovalPending,*'
    }
}
