BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $rehearsal = Start-Rehearsal $TestDrive -Hosts
    $null = New-RehearsalStore $TestDrive $rehearsal
    $build = Get-RehearsalHost $rehearsal 'build-1'
    $null = New-BhAssetAccount build-1 $build.user -PrivateKeyPath $build.privateKeyPath
    $null = New-BhUser bob
    Grant-BhAssetAccount build-1 -User bob -Account $build.user
    $first = Invoke-BhCommand web-2 'echo one' -User ana
    $between = [DateTimeOffset]::UtcNow
    Start-Sleep -Milliseconds 5
    $second = Invoke-BhCommand build-1 'echo two' -User bob
    Invoke-BhCommand build-1 'id' -User ana -Account $build.user -ErrorAction SilentlyContinue
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Get-BhSessionAudit' {
    It 'lists sessions newest first, denied ones too' { (Get-BhSessionAudit).State | Should -Be 'Denied', 'Ended', 'Ended' }

    It 'filters by owner account' {
        (Get-BhSessionAudit -OwnerAccountId 1000000000000003).Id | Should -Be $first.SessionId
        @(Get-BhSessionAudit -OwnerAccountId 1000000000000004).Count | Should -Be 2
        @(Get-BhSessionAudit -OwnerAccountId 1000000000000003, 1000000000000004).Count | Should -Be 3
    }

    It 'takes owner accounts from the pipeline' { (Get-BhMemberAccount acme-shop-production | Get-BhSessionAudit).SessionId | Should -Be $first.SessionId }

    It 'filters by user' { (Get-BhSessionAudit -User bob).Id | Should -Be $second.SessionId }

    It 'filters by asset with wildcards' { @(Get-BhSessionAudit -Asset build-*).Count | Should -Be 2 }

    It 'filters by time' {
        (Get-BhSessionAudit -Before $between).Id | Should -Be $first.SessionId
        (Get-BhSessionAudit -After $between).Id | Should -Not -Contain $first.SessionId
    }

    It 'filters by state' { (Get-BhSessionAudit -State Denied).User | Should -Be 'ana' }

    It 'takes sessions from results' { ($first, $second | Get-BhSessionAudit).Command | Should -Be 'echo one', 'echo two' }

    It 'keeps what decided, and why' {
        $decision = (Get-BhSessionAudit $first.SessionId).Decision | ConvertFrom-Json
        $decision.Allowed | Should -BeTrue
    }

    It 'says when there is none' { { Get-BhSessionAudit nothing -ErrorAction Stop } | Should -Throw -ErrorId 'SessionNotFound,*' }

    It 'completes ids with what they are' { (TabExpansion2 'Get-BhSessionAudit ' 19).CompletionMatches.ToolTip -join ' ' | Should -Match 'bob' }

    It 'keeps sessions of assets and users that are gone' {
        Remove-BhUser bob -Confirm:$false
        Remove-BhAsset build-1 -Confirm:$false
        (Get-BhSessionAudit $second.SessionId).User | Should -Be 'bob'
    }
}
