BeforeAll {
    . "$PSScriptRoot/Approvals.ps1"
    $null = New-ApprovalStore $TestDrive
}

Describe 'Request-BhApproval' {
    It 'asks for a window, with a reason' {
        $from = [DateTimeOffset]::UtcNow.AddHours(5)
        $request = Request-BhApproval web-1 -User ana -Account root -Reason 'change 4711' -From $from -Until $from.AddMinutes(30) -Once
        $request.State | Should -Be 'Pending'
        $request.Kind | Should -Be 'Session'
        $request.Reason | Should -Be 'change 4711'
        $request.Once | Should -BeTrue
        $request.Approvers | Should -Be 'bob', 'kim'
        $request.AskedFrom.ToUnixTimeSeconds() | Should -Be $from.ToUnixTimeSeconds()
    }

    It 'takes assets from the pipeline' { (Get-BhAsset web-1 | Request-BhApproval -User ana).Asset | Should -Be 'web-1' }

    It 'asks nothing under -WhatIf' {
        $before = @(Get-BhApproval).Count
        Request-BhApproval web-1 -User ana -WhatIf
        @(Get-BhApproval).Count | Should -Be $before
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'who has no grant'; id = 'NotGranted'; with = @{ User = 'kim' } }
        @{ what = 'a window longer than the rule lets it be'; id = 'InvalidApprovalWindow'; with = @{ User = 'ana'; Until = [DateTimeOffset]::UtcNow.AddHours(2) } }
        @{ what = 'a window that is over'; id = 'InvalidApprovalWindow'; with = @{ User = 'ana'; Until = [DateTimeOffset]::UtcNow.AddHours(-2) } }
    ) { { Request-BhApproval web-1 @with -ErrorAction Stop } | Should -Throw -ErrorId "$id,*" }

    It 'refuses where no policy wants approval' {
        $null = New-BhControlPolicy free -RequireApproval:$false
        { Request-BhApproval web-1 -User ana -ErrorAction Stop } | Should -Throw -ErrorId 'ApprovalNotNeeded,*'
        Remove-BhControlPolicy free -Confirm:$false
    }

    It 'refuses without the reason that the policy wants' {
        Set-BhControlPolicy ask -RequireReason
        { Request-BhApproval web-1 -User ana -ErrorAction Stop } | Should -Throw -ErrorId 'ReasonMissing,*'
    }
}
