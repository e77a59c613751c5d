BeforeAll {
    . "$PSScriptRoot/Approvals.ps1"
    $store = New-ApprovalStore $TestDrive
}

Describe 'Wait-BhApproval' {
    BeforeEach { $request = Request-BhApproval web-1 -User ana }

    It 'emits what is answered, at once' {
        Approve-BhApproval $request.Id -As bob
        ($request | Wait-BhApproval).State | Should -Be 'Approved'
    }

    It 'waits for an answer from elsewhere' {
        $shell = [powershell]::Create().AddScript({ param($manifest, $store, $id) Import-Module $manifest; $null = Connect-BhStore $store; Wait-BhApproval $id })
        $wait = $shell.AddArgument((Get-Module Bastion).Path).AddArgument($store).AddArgument($request.Id).BeginInvoke()
        $until = [datetime]::UtcNow.AddSeconds(60)
        while ($shell.Streams.Progress.Count -eq 0 -and -not $wait.IsCompleted -and [datetime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 20 }
        $wait.IsCompleted | Should -BeFalse
        Deny-BhApproval $request.Id -As bob
        $shell.EndInvoke($wait).State | Should -Be 'Denied'
    }

    It 'gives up after the time that it is given, and leaves the request' {
        { Wait-BhApproval $request.Id -Timeout 0 -ErrorAction Stop } | Should -Throw -ErrorId 'ApprovalWaitTimeout,*'
        (Get-BhApproval $request.Id).State | Should -Be 'Pending'
    }

    It 'completes what waits' { (TabExpansion2 'Wait-BhApproval ' 16).CompletionMatches.ListItemText | Should -Contain $request.Id }
}
