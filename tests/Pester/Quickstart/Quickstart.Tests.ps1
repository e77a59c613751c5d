Describe 'bastion quickstart' {
    BeforeAll {
        $folder = "$TestDrive/quickstart"
        $shown = (dotnet $env:BASTION_CONSOLE quickstart $folder 2>&1) -join "`n"
        $code = $LASTEXITCODE
        Import-Module Bastion
        if (Test-Path "$folder/store") { $null = Connect-BhStore "$folder/store" }
    }

    It 'ends well' {
        $code | Should -Be 0 -Because $shown
        $shown | Should -Match 'nothing is left running'
    }

    It 'leaves no process behind' { pgrep -f 'bastion-sandbox-.*sshd_config' | Should -BeNullOrEmpty }

    It 'has added members and imported their assets' {
        @(Get-BhMemberAccount).Count | Should -Be 6
        @(Get-BhAsset).OwnerAccountId | Sort-Object -Unique | Should -HaveCount 4
    }

    It 'says who was refused, and why' {
        $shown | Should -Match 'not added: .*PromoteVerifying'
        $shown | Should -Match 'not imported: .*ResourceDirectoryAccountAccessRole'
        $shown | Should -Match 'denied: User ''bob'' may not use'
        $shown | Should -Match "denied: Policy 'no shells for now'"
    }

    It 'has explained who reaches what, and let a colleague approve a command' {
        $shown | Should -Match 'Reached by '
        $shown | Should -Match 'Not granted'
        $shown | Should -Match 'not yet: It needs approval'
        $request = Get-BhApproval
        $request | Should -HaveCount 1
        $request.Decisions.Approver | Should -Be 'bob'
        (Get-BhAuditEvent -Action 'approval.*').Action | Should -Contain 'approval.approved'
    }

    It 'has run a command and an interactive session on a real host, recorded' {
        $sessions = Get-BhSessionAudit -State Ended
        $sessions.Channel | Should -Contain 'SshExec'
        $shell = $sessions | Where-Object Channel -eq SshShell
        $shell.ExitCode | Should -Be 3
        (Show-BhSessionReplay $shell.Id -AsText) -join "`n" | Should -Match '(?m)^hello from web-1$'
        $shown | Should -Match '(?m)^hello from web-1'
    }

    It 'has exported the audit of the owner account' {
        $sessions = Get-BhSessionAudit
        (Import-Csv "$folder/sessions.csv").SessionId | Should -Be $sessions.Id
        @(Get-Content "$folder/sessions.ndjson").Count | Should -Be @($sessions).Count
    }

    It 'keeps the private key in no file as it was' {
        # The key file itself is gone with the rehearsal; what its first lines look like is known
        foreach ($file in Get-ChildItem $folder -File -Recurse) { [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($file)) -cmatch 'PRIVATE KEY|b3BlbnNzaC1rZXk' | Should -BeFalse -Because $file.Name }
    }

    It 'refuses a folder that has a store' {
        dotnet $env:BASTION_CONSOLE quickstart $folder 2>&1 | Out-Null
        $LASTEXITCODE | Should -Be 64
    }
}
