BeforeAll {
    . "$PSScriptRoot/Approvals.ps1"
    $null = New-ApprovalStore $TestDrive
}

Describe 'Deny-BhApproval' {
    BeforeEach { $request = Request-BhApproval web-1 -User ana }

    It 'closes a request, and keeps why' {
        $denied = $request | Deny-BhApproval -As bob -Comment 'not now' -PassThru
        $denied.State | Should -Be 'Denied'
        "$($denied.Decisions)" | Should -BeLike 'no by bob*: not now'
    }

    It 'takes a yes back' {
        Approve-BhApproval $request.Id -As bob
        (Deny-BhApproval $request.Id -As kim -PassThru).State | Should -Be 'Denied'
    }

    It 'is how the requester takes a request back' { (Deny-BhApproval $request.Id -As ana -PassThru).State | Should -Be 'Cancelled' }

    It 'changes nothing under -WhatIf' {
        Deny-BhApproval $request.Id -As bob -WhatIf
        (Get-BhApproval $request.Id).State | Should -Be 'Pending'
    }

    It 'refuses one that is closed' {
        Deny-BhApproval $request.Id -As bob
        { Deny-BhApproval $request.Id -As bob -ErrorAction Stop } | Should -Throw -ErrorId 'ApprovalClosed,*'
    }

    It 'completes what is open' { (TabExpansion2 'Deny-BhApproval ' 16).CompletionMatches.ListItemText | Should -Contain $request.Id }
}
