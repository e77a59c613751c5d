BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $rehearsal = Start-Rehearsal $TestDrive -Hosts
    $store = New-RehearsalStore $TestDrive $rehearsal
    $login = (Get-RehearsalHost $rehearsal 'web-2').user
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Invoke-BhCommand' {
    It 'gives the output as lines, the exit code and the session' {
        $result = Invoke-BhCommand web-2 'hostname; echo two; echo oops >&2; exit 3' -User ana
        $result.Output | Should -Be 'web-2', 'two'
        $result.ErrorOutput | Should -Be 'oops'
        $result.ExitCode | Should -Be 3
        $result.OwnerAccountId | Should -Be '1000000000000003'
        $session = Get-BhSessionAudit $result.SessionId
        $session.Command | Should -Be 'hostname; echo two; echo oops >&2; exit 3'
        $session.State | Should -Be 'Ended'
        $session.User | Should -Be 'ana'
        $session.Recording | Should -Exist
    }

    It 'keeps UTF-8 whole' { (Invoke-BhCommand web-2 'printf "é 云 🚀\n"' -User ana).Output | Should -Be 'é 云 🚀' }

    It 'shows control characters instead of obeying them' { (Invoke-BhCommand web-2 'printf "\033[31mred\007\n"' -User ana).Output | Should -Be '\u{1B}[31mred\u{7}' }

    It 'gives input to the command' { (Invoke-BhCommand web-2 'sort' -InputText b, a -User ana).Output | Should -Be 'a', 'b' }

    It 'emits lines as they come with -AsLine, and ends when enough were read' {
        Invoke-BhCommand web-2 'i=0; while :; do echo $((i=i+1)); done' -User ana -AsLine | Select-Object -First 3 | Should -Be '1', '2', '3'
        (Get-BhSessionAudit | Select-Object -First 1).State | Should -Be 'Ended'
    }

    It 'takes assets from the pipeline; one that fails does not stop the others' {
        $results = Get-BhAsset -OwnerAccountId 1000000000000003 -Kind Host -State Running | Where-Object OperatingSystem -eq Linux |
            Invoke-BhCommand -Command 'hostname' -User ana -ErrorVariable problems -ErrorAction SilentlyContinue
        $results.Output | Should -Be 'web-2'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotGranted,*'
    }

    It 'runs nothing under -WhatIf' {
        $before = @(Get-BhSessionAudit).Count
        Invoke-BhCommand web-2 'touch /tmp/never' -User ana -WhatIf
        @(Get-BhSessionAudit).Count | Should -Be $before
    }

    It 'ends a command that takes too long' {
        { Invoke-BhCommand web-2 'sleep 60' -User ana -Timeout 1 -ErrorAction Stop } | Should -Throw -ErrorId 'CommandTimeout,*'
    }

    It 'is stopped by Ctrl-C, and so is the command on the host' {
        $mark = "sleep 31$(Get-Random -Minimum 1000 -Maximum 9999)"
        $shell = [powershell]::Create().AddScript({ param($manifest, $store, $command) Import-Module $manifest; $null = Connect-BhStore $store; Invoke-BhCommand web-2 $command -User ana })
        $null = $shell.AddArgument((Get-Module Bastion).Path).AddArgument($store).AddArgument($mark).BeginInvoke()
        $until = [datetime]::UtcNow.AddSeconds(30)
        while (-not (Get-BhSessionAudit -State Running) -and [datetime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 50 }
        $shell.Stop()
        Get-BhSessionAudit -State Running, Starting | Should -BeNullOrEmpty
        while ((pgrep -f $mark) -and [datetime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 50 }
        pgrep -f $mark | Should -BeNullOrEmpty
    }

    It 'denies <what>, says why, and keeps the attempt in the audit' -ForEach @(
        @{ what = 'a user without a grant'; id = 'NotGranted'; user = 'bob'; prepare = { $null = New-BhUser bob }; undo = {} }
        @{ what = 'a user whose time is over'; id = 'UserNotActive'; user = 'ana'; prepare = { Set-BhUser ana -ValidUntil (Get-Date).AddMinutes(-1) -WarningAction SilentlyContinue }; undo = { Set-BhUser ana -ValidUntil $null } }
        @{ what = 'a closed channel'; id = 'DeniedByPolicy'; user = 'ana'; prepare = { $null = New-BhControlPolicy p -AllowProtocol SshShell }; undo = { Remove-BhControlPolicy p -Confirm:$false } }
        @{ what = 'another address'; id = 'DeniedByPolicy'; user = 'ana'; prepare = { $null = New-BhControlPolicy p -AllowAddress 203.0.113.0/24 }; undo = { Remove-BhControlPolicy p -Confirm:$false } }
        @{ what = 'a command on a deny-list'; id = 'DeniedByPolicy'; user = 'ana'; prepare = { $null = New-BhControlPolicy p -DenyCommand id }; undo = { Remove-BhControlPolicy p -Confirm:$false } }
        @{ what = 'the wrong hour'; id = 'DeniedByPolicy'; user = 'ana'; prepare = { $null = New-BhControlPolicy p -TimeWindow "$((Get-Date).ToUniversalTime().AddDays(2).ToString('ddd', [cultureinfo]::InvariantCulture)) 00:00-24:00 UTC" }; undo = { Remove-BhControlPolicy p -Confirm:$false } }
    ) {
        & $prepare
        try {
            $problem = $null
            try { Invoke-BhCommand web-2 'id' -User $user -Account $login -ErrorAction Stop } catch { $problem = $_ }
            $problem.FullyQualifiedErrorId | Should -BeLike "$id,*"
            $problem.CategoryInfo.Category | Should -Be 'PermissionDenied'
            $attempt = Get-BhSessionAudit | Select-Object -First 1
            $attempt.State | Should -Be 'Denied'
            $attempt.User | Should -Be $user
            $attempt.EndReason | Should -Not -BeNullOrEmpty
        }
        finally { & $undo }
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'an asset that is not there'; id = 'AssetNotFound'; asset = 'web-9'; with = @{ User = 'ana' } }
        @{ what = 'a user that is not there'; id = 'UserNotFound'; asset = 'web-2'; with = @{ User = 'nobody' } }
        @{ what = 'an account that is not there'; id = 'AssetAccountNotFound'; asset = 'web-2'; with = @{ User = 'ana'; Account = 'nobody' } }
        @{ what = 'an asset without SSH'; id = 'ProtocolMissing'; asset = 'orders'; with = @{ User = 'ana' } }
    ) {
        { Invoke-BhCommand $asset 'id' @with -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
    }

    It 'says that nothing answers' {
        $null = New-BhAsset gone -OwnerAccountId 1 -PrivateAddress 127.0.0.1 -Port @{ SSH = 9 }
        $null = New-BhAssetAccount gone root -Password (ConvertTo-SecureString 'x' -AsPlainText -Force)
        Grant-BhAssetAccount gone -User ana -Account root
        { Invoke-BhCommand gone 'id' -User ana -ErrorAction Stop } | Should -Throw -ErrorId 'SshUnreachable,*'
        (Get-BhSessionAudit | Select-Object -First 1).State | Should -Be 'Failed'
    }

    It 'says that the key is not accepted, and shows no secret' {
        ssh-keygen -q -t ed25519 -N '' -f "$TestDrive/other"
        $null = New-BhAssetAccount web-2 "$login-2" -PrivateKeyPath "$TestDrive/other" -ErrorAction Stop
        Grant-BhAssetAccount web-2 -User ana -Account "$login-2"
        { Invoke-BhCommand web-2 'id' -User ana -Account "$login-2" -ErrorAction Stop } | Should -Throw -ErrorId 'SshAuthenticationFailed,*'
    }

    It 'says when no secret is kept' {
        $null = New-BhAssetAccount web-2 empty
        Grant-BhAssetAccount web-2 -User ana -Account empty
        { Invoke-BhCommand web-2 'id' -User ana -Account empty -ErrorAction Stop } | Should -Throw -ErrorId 'CredentialMissing,*'
    }

    It 'asks which account when several are granted' {
        { Invoke-BhCommand web-2 'id' -User ana -ErrorAction Stop } | Should -Throw -ErrorId 'AccountNotChosen,*' -ExpectedMessage "*$login*"
    }

    It 'does not go to a machine that is stopped' {
        $null = New-BhAssetAccount worker-1 root -Password (ConvertTo-SecureString 'x' -AsPlainText -Force)
        Grant-BhAssetAccount worker-1 -User ana -Account root
        { Invoke-BhCommand worker-1 'id' -User ana -ErrorAction Stop } | Should -Throw -ErrorId 'AssetNotRunning,*'
    }

    It 'does not start when it can''t be recorded' -Skip:$IsWindows {
        $today = Split-Path (Get-BhSessionAudit -State Ended | Select-Object -First 1).Recording
        Rename-Item $today "$today-away"
        Set-Content $today 'in the way'
        try { { Invoke-BhCommand web-2 'id' -User ana -Account $login -ErrorAction Stop } | Should -Throw -ErrorId 'RecordingUnavailable,*' }
        finally {
            Remove-Item $today
            Rename-Item "$today-away" $today
        }
    }
}
