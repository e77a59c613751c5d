BeforeAll {
    Import-Module Bastion
    $store = (Initialize-BhStore "$TestDrive/store").Path
    1..2 | ForEach-Object {
        $null = New-BhAsset "web-$_" -OwnerAccountId "acc-$_" -PrivateAddress 10.0.0.1
        $null = New-BhAssetAccount "web-$_" root -Password (ConvertTo-SecureString 'hunter2-hunter2' -AsPlainText -Force)
    }
    $null = New-BhUser ana
    $null = New-BhProject payments -OwnerAccountId acc-1
    Grant-BhRole Auditor ana -Project payments
    Set-BhAsset web-1 -Comment first
    Set-BhAsset web-1 -Comment second
}

Describe 'Get-BhAuditEvent' {
    It 'lists the newest first' { (Get-BhAuditEvent | Select-Object -First 2).Action | Should -Be 'asset.changed', 'asset.changed' }

    It 'tells what was before and after, and nothing else' {
        $told = Get-BhAuditEvent asset.changed | Select-Object -First 1
        $told.Before | Should -Be '{"Comment":"first"}'
        $told.After | Should -Be '{"Comment":"second"}'
    }

    It 'takes wildcards' { @(Get-BhAuditEvent asset.*, role.* -Subject web-2, ana*).Action | Should -Be 'role.granted', 'asset.added' }
    It 'finds by account' { (Get-BhAuditEvent *added -OwnerAccountId acc-2).Subject | Should -Be 'root@web-2', 'web-2' }
    It 'finds by caller and time' {
        Get-BhAuditEvent -Caller nobody | Should -BeNullOrEmpty
        Get-BhAuditEvent -After (Get-Date).AddHours(1) | Should -BeNullOrEmpty
        @(Get-BhAuditEvent -Before (Get-Date).AddHours(1) -Caller ([Environment]::UserName)).Count | Should -BeGreaterThan 5
    }
    It 'completes actions' { (TabExpansion2 'Get-BhAuditEvent asset.c' 24).CompletionMatches.CompletionText | Should -Be 'asset.changed' }
    It 'holds no secret' { "$(Get-BhAuditEvent | ForEach-Object { $_.Before, $_.After, $_.Detail })" | Should -Not -Match 'hunter2' }

    It 'shows the auditor of a project only what concerns its accounts' {
        $null = Connect-BhStore $store -AsUser ana
        (Get-BhAuditEvent).OwnerAccountId | Sort-Object -Unique | Should -Be 'acc-1'
        Get-BhAuditEvent -OwnerAccountId acc-2 | Should -BeNullOrEmpty
        $null = Connect-BhStore $store
    }

    It 'tells of an export' {
        $null = Export-BhSessionAudit "$TestDrive/sessions.csv"
        (Get-BhAuditEvent sessions.exported).Subject | Should -Be "$TestDrive/sessions.csv"
    }
}
