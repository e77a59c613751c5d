BeforeAll {
    . "$PSScriptRoot/Approvals.ps1"
    $null = New-ApprovalStore $TestDrive
    $first = Request-BhApproval web-1 -User ana -Reason one
    $second = Request-BhApproval web-1 -User ana -Reason two -Channel SshExec
    Approve-BhApproval $first.Id -As bob
    $emergency = Request-BhApproval web-1 -User ana
    Approve-BhApproval $emergency.Id -As ana -BreakGlass -Comment 'site down'
}

Describe 'Get-BhApproval' {
    It 'lists them with what they ask for and what was said' {
        @(Get-BhApproval).Count | Should -Be 3
        $one = Get-BhApproval $first.Id
        $one.State | Should -Be 'Approved'
        $one.User, $one.Asset, $one.Account, $one.Channel, $one.Reason, $one.OwnerAccountId | Should -Be 'ana', 'web-1', 'root', 'SshShell', 'one', 'shop'
        "$($one.Decisions)" | Should -BeLike 'yes by bob (given by *)'
    }

    It 'narrows by <what>' -ForEach @(
        @{ what = 'what waits'; with = @{ Pending = $true }; reasons = 'two' }
        @{ what = 'state'; with = @{ State = 'Pending' }; reasons = 'two' }
        @{ what = 'emergencies'; with = @{ BreakGlass = $true }; reasons = '' }
        @{ what = 'user'; with = @{ User = 'a*'; Pending = $true }; reasons = 'two' }
        @{ what = 'another user'; with = @{ User = 'bob' }; reasons = @() }
        @{ what = 'asset'; with = @{ Asset = 'web-?'; State = 'Pending' }; reasons = 'two' }
        @{ what = 'owner'; with = @{ OwnerAccountId = 'other' }; reasons = @() }
    ) { @(Get-BhApproval @with | ForEach-Object { "$($_.Reason)" }) | Should -Be @($reasons) }

    It 'lists those that you made' { @(Get-BhApproval -Mine).Count | Should -Be 3 }

    It 'takes ids from the pipeline' { ($second | Get-BhApproval).Reason | Should -Be 'two' }

    It 'shows the owner account in 80 columns' { $first | Out-String -Width 80 | Should -Match 'shop' }

    It 'completes ids' { (TabExpansion2 'Get-BhApproval ' 15).CompletionMatches.ListItemText | Should -Contain $second.Id }

    It 'completes for a user only ids that the user may see' {
        $path = (Get-BhStore).Path
        $null = New-BhUser 'outsider'
        $null = Connect-BhStore $path -AsUser 'outsider'
        try { (TabExpansion2 'Get-BhApproval ' 15).CompletionMatches.ListItemText | Should -Not -Contain $second.Id }
        finally { $null = Connect-BhStore $path }
    }

    It 'fails on an id that is not there' { { Get-BhApproval nothing -ErrorAction Stop } | Should -Throw -ErrorId 'ApprovalNotFound,*' }
}
