BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
    $null = New-BhAsset web-1 -OwnerAccountId shop -PrivateAddress 10.0.0.1
    $null = New-BhAssetAccount web-1 root
    $null = New-BhControlPolicy office -Priority 10 -TimeWindow 'Mon-Fri 08:00-18:00 UTC' -AllowAddress 10.0.0.0/8
    $null = New-BhControlPolicy 'no files' -Priority 20 -AllowProtocol SshShell
    $try = @{ Asset = 'web-1'; User = 'ana'; Account = 'root'; SourceAddress = '10.1.2.3'; At = [DateTimeOffset]'2026-11-25T09:00Z' }
}

Describe 'Test-BhControlPolicy' {
    It 'says yes, and by which policies' {
        $decision = Test-BhControlPolicy @try
        $decision.Allowed | Should -BeTrue
        $decision.Sections.Policy | Should -Contain 'office'
        $decision.Sections.Policy | Should -Contain 'no files'
    }

    It 'says no outside the hours' {
        $decision = Test-BhControlPolicy -Asset web-1 -User ana -Account root -SourceAddress 10.1.2.3 -At '2026-11-29T09:00Z'
        $decision.Allowed | Should -BeFalse
        $decision.Summary | Should -BeLike "*'office'*"
    }

    It 'says no from elsewhere' { (Test-BhControlPolicy -Asset web-1 -User ana -Account root -SourceAddress 203.0.113.1 -At '2026-11-25T09:00Z').Allowed | Should -BeFalse }

    It 'says no to a channel that is closed' { (Test-BhControlPolicy @try -Channel SftpUpload).Allowed | Should -BeFalse }

    It 'leaves a section to the first policy that sets it' {
        $null = New-BhControlPolicy weekend -Priority 1 -User ana -TimeWindow 'Sat-Sun 00:00-24:00 UTC'
        (Test-BhControlPolicy @try).Summary | Should -BeLike "*'weekend'*"
        (Test-BhControlPolicy -Asset web-1 -User bob -Account root -SourceAddress 10.1.2.3 -At '2026-11-25T09:00Z').Allowed | Should -BeTrue
        Remove-BhControlPolicy weekend -Confirm:$false
    }

    It 'decides commands, and says which and by which pattern' {
        $null = New-BhControlPolicy 'no rm' -Priority 1 -DenyCommand rm -AllowProtocol SshShell, SshExec
        (Test-BhControlPolicy @try -Command 'ls | wc -l').Allowed | Should -BeTrue
        $no = Test-BhControlPolicy @try -Command 'ls; find . | xargs sudo rm -f'
        $no.Allowed | Should -BeFalse
        $no.Channel | Should -Be 'SshExec'
        $no.Summary | Should -BeLike "*'no rm'*'rm -f*deny-list (rm)*"
        (Test-BhControlPolicy @try -Command 'eval x').Summary | Should -BeLike '*eval*'
        # A shell is open: each command is decided at its prompt
        (Test-BhControlPolicy @try).Allowed | Should -BeTrue
        Remove-BhControlPolicy 'no rm' -Confirm:$false
    }

    It 'decides SQL by what it does and the tables that it names' {
        $null = New-BhControlPolicy 'readers' -Priority 1 -AllowProtocol 'Sql*' -AllowStatement Select -DenyTable hr.salaries
        (Test-BhControlPolicy @try -Statement 'SELECT * FROM orders' -Dialect PostgreSql).Allowed | Should -BeTrue
        $no = Test-BhControlPolicy @try -Statement 'SELECT 1; WITH x AS (DELETE FROM a RETURNING *) SELECT * FROM x' -Dialect PostgreSql
        $no.Allowed | Should -BeFalse
        $no.Channel | Should -Be 'Sql'
        $no.Summary | Should -BeLike "*'readers'*Delete is not on the allow-list*"
        (Test-BhControlPolicy @try -Statement 'SELECT * FROM salaries' -Dialect MySql).Summary | Should -BeLike '*deny-list (hr.salaries)*'
        { Test-BhControlPolicy @try -Statement 'SELECT 1' -ErrorAction Stop } | Should -Throw -ErrorId 'SqlDialectUnknown*'
        Set-BhControlPolicy 'readers' -DenyStatement Select
        (Get-BhControlPolicy 'readers').Rules | Should -BeLike '*only Select, not Select, not the tables hr.salaries*'
        Remove-BhControlPolicy 'readers' -Confirm:$false
    }

    It 'says that approval is needed, and by whom' {
        $null = New-BhControlPolicy ask -Priority 1 -RequireApproval -Approver bob
        $decision = Test-BhControlPolicy @try
        $decision.Allowed | Should -BeFalse
        $decision.NeedsApproval | Should -BeTrue
        $decision.Summary | Should -BeLike "*'ask'*approval by bob*"
        ($decision.Sections | Where-Object Section -EQ SessionApproval).Demand.Eligible.Name | Should -Be 'bob'
        # Nobody approves his own
        (Test-BhControlPolicy -Asset web-1 -User bob -Account root -SourceAddress 10.1.2.3 -At '2026-11-25T09:00Z').NeedsApproval | Should -BeFalse
        Remove-BhControlPolicy ask -Confirm:$false
    }

    It 'takes assets from the pipeline' { (Get-BhAsset | Test-BhControlPolicy -User ana -Account root).Count | Should -Be 1 }
}
