BeforeAll {
    . "$PSScriptRoot/Approvals.ps1"
    $null = New-ApprovalStore $TestDrive
}

Describe 'Approve-BhApproval' {
    BeforeEach { $request = Request-BhApproval web-1 -User ana }

    It 'approves for the approver who is named, within a window' {
        $approved = Approve-BhApproval $request.Id -As bob -Comment 'change 4711' -For 15 -Once -PassThru
        $approved.State | Should -Be 'Approved'
        $approved.Once | Should -BeTrue
        ($approved.GrantedUntil - $approved.GrantedFrom).TotalMinutes | Should -Be 15
        "$($approved.Decisions)" | Should -BeLike 'yes by bob*: change 4711'
    }

    It 'takes what waits from the pipeline' {
        Get-BhApproval -Pending | Approve-BhApproval -As kim
        Get-BhApproval -Pending | Should -BeNullOrEmpty
    }

    It 'says nothing without -PassThru, and changes nothing under -WhatIf' {
        Approve-BhApproval $request.Id -As bob -WhatIf
        (Get-BhApproval $request.Id).State | Should -Be 'Pending'
        Approve-BhApproval $request.Id -As bob | Should -BeNullOrEmpty
    }

    It 'opens a session in an emergency by its own user, with a reason' {
        { Approve-BhApproval $request.Id -As ana -BreakGlass -ErrorAction Stop } | Should -Throw -ErrorId 'ReasonMissing,*'
        (Approve-BhApproval $request.Id -As ana -BreakGlass -Comment 'site down' -PassThru).BreakGlass | Should -BeTrue
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'an approver who is not named'; id = 'ApproverNotNamed'; with = @{} }
        @{ what = 'the requester'; id = 'SelfApproval'; with = @{ As = 'ana' } }
        @{ what = 'a user who is not there'; id = 'UserNotFound'; with = @{ As = 'nobody' } }
        @{ what = 'a window wider than the rule'; id = 'InvalidApprovalWindow'; with = @{ As = 'bob'; For = 61 } }
        @{ what = 'break-glass by another'; id = 'NotApprover'; with = @{ As = 'bob'; BreakGlass = $true; Comment = 'x' } }
    ) {
        { Approve-BhApproval $request.Id @with -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
        (Get-BhApproval $request.Id).State | Should -Be 'Pending'
    }

    It 'refuses one that is closed' {
        Approve-BhApproval $request.Id -As bob
        { Approve-BhApproval $request.Id -As kim -ErrorAction Stop } | Should -Throw -ErrorId 'ApprovalClosed,*'
    }

    It 'completes what waits' {
        Get-BhApproval -Pending | Where-Object Id -NE $request.Id | Deny-BhApproval -As bob
        (TabExpansion2 'Approve-BhApproval ' 19).CompletionMatches.ListItemText | Should -Be $request.Id
    }
}
