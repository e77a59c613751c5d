BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $rehearsal = Start-Rehearsal $TestDrive -Hosts
    $null = New-RehearsalStore $TestDrive $rehearsal
    'echo plain', '=1+1', 'echo "quoted, with comma"' | ForEach-Object { $null = Invoke-BhCommand web-2 $_ -User ana }
    $null = New-BhUser bob
    Invoke-BhCommand web-2 'id' -User bob -ErrorAction SilentlyContinue
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Export-BhSessionAudit' {
    It 'writes CSV that Import-Csv reads' {
        $file = Export-BhSessionAudit "$TestDrive/all.csv"
        $rows = Import-Csv $file
        $rows.Count | Should -Be 4
        $rows.OwnerAccountId | Sort-Object -Unique | Should -Be '1000000000000003'
        $rows.Command | Should -Contain 'echo "quoted, with comma"'
        $rows.State | Should -Contain 'Denied'
    }

    It 'makes text of what a spreadsheet would run' { (Import-Csv "$TestDrive/all.csv").Command | Should -Contain "'=1+1" }

    It 'writes NDJSON that other tools read' {
        $file = Export-BhSessionAudit "$TestDrive/all.ndjson"
        $sessions = Get-Content $file | ForEach-Object { $_ | ConvertFrom-Json }
        $sessions.Count | Should -Be 4
        $sessions.command | Should -Contain '=1+1'
        ($sessions | Where-Object state -eq Denied).user | Should -Be 'bob'
        $sessions[0].startedAt | Should -BeOfType ([datetime])
    }

    It 'takes filters, and sessions from the pipeline' {
        (Import-Csv (Export-BhSessionAudit "$TestDrive/bob.csv" -User bob)).User | Should -Be 'bob'
        (Import-Csv (Get-BhSessionAudit -User ana | Export-BhSessionAudit "$TestDrive/ana.csv")).Count | Should -Be 3
    }

    It 'writes an empty export when nothing fits, so that the nightly file is there' {
        $file = Get-BhSessionAudit -User nobody* | Export-BhSessionAudit "$TestDrive/none.csv"
        @(Get-Content $file).Count | Should -Be 1
    }

    It 'is readable by its owner only' -Skip:$IsWindows { "$([IO.File]::GetUnixFileMode("$TestDrive/all.csv"))" | Should -Be 'UserWrite, UserRead' }

    It 'does not overwrite unless told to' {
        { Export-BhSessionAudit "$TestDrive/all.csv" -ErrorAction Stop } | Should -Throw -ErrorId 'ExportExists,*'
        Export-BhSessionAudit "$TestDrive/all.csv" -Force | Should -Exist
    }

    It 'writes nothing under -WhatIf' {
        Export-BhSessionAudit "$TestDrive/not.csv" -WhatIf
        "$TestDrive/not.csv" | Should -Not -Exist
    }

    It 'leaves nothing behind when the place can''t be written' {
        { Export-BhSessionAudit "$TestDrive/nowhere/x.csv" -ErrorAction Stop } | Should -Throw -ErrorId 'ExportNotWritten,*'
        "$TestDrive/nowhere" | Should -Not -Exist
    }

    It 'leaves nothing behind when it is stopped' {
        { Get-BhSessionAudit | ForEach-Object { if ($done++) { throw 'enough' }; $_ } | Export-BhSessionAudit "$TestDrive/half.csv" } | Should -Throw
        Get-ChildItem $TestDrive -Filter 'half*' | Should -BeNullOrEmpty
    }

    It 'refuses a format that it does not know' { { Export-BhSessionAudit "$TestDrive/x.xlsx" -ErrorAction Stop } | Should -Throw -ErrorId 'ExportFormatUnknown,*' }
}
