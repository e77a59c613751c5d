BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $rehearsal = Start-Rehearsal $TestDrive -Hosts
    $store = New-RehearsalStore $TestDrive $rehearsal
    $null = New-BhControlPolicy 'no reboot' -DenyCommand reboot
    $first = Invoke-BhCommand web-2 'echo one; exit 3' -User ana
    Invoke-BhCommand web-2 'reboot' -User ana -ErrorAction SilentlyContinue
    $between = [DateTimeOffset]::UtcNow
    dotnet $env:BASTION_CONSOLE -NonInteractive -c "`$null = Connect-BhStore '$store'; Enter-BhSession web-2 -User ana -InputLine 'cd /usr', 'pwd', 'sudo reboot', 'exit'" | Out-Null
    $shell = Get-BhSessionAudit | Select-Object -First 1
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Get-BhSessionCommand' {
    It 'lists commands newest first, denied ones too' {
        (Get-BhSessionCommand).Command | Should -Be 'sudo reboot', 'pwd', 'cd /usr', 'reboot', 'echo one; exit 3'
        (Get-BhSessionCommand).Decision | Should -Be 'Denied', 'Allowed', 'Allowed', 'Denied', 'Allowed'
        (Get-BhSessionCommand).ExitCode | Should -Be $null, 0, 0, $null, 3
    }

    It 'tells which policy decided, and why' {
        $denied = Get-BhSessionCommand -Decision Denied | Select-Object -First 1
        $denied.Policy | Should -Be 'no reboot'
        $denied.Reason | Should -BeLike '*deny-list (reboot)*'
    }

    It 'gives the commands of a session' {
        (Get-BhSessionCommand $shell.Id).Command | Should -Be 'sudo reboot', 'pwd', 'cd /usr'
        ($first | Get-BhSessionCommand).Command | Should -Be 'echo one; exit 3'
    }

    It 'filters by text, user, asset, owner and time' {
        (Get-BhSessionCommand -Command '*REBOOT').Command | Should -Be 'sudo reboot', 'reboot'
        @(Get-BhSessionCommand -User an* -Asset web-*).Count | Should -Be 5
        @(Get-BhSessionCommand -User bob).Count | Should -Be 0
        @(Get-BhSessionCommand -OwnerAccountId 1000000000000003).Count | Should -Be 5
        @(Get-BhSessionCommand -OwnerAccountId 1000000000000004).Count | Should -Be 0
        @(Get-BhSessionCommand -Before $between).Count | Should -Be 2
        @(Get-BhSessionCommand -After $between).Count | Should -Be 3
    }

    It 'says when there is no such session' { { Get-BhSessionCommand nothing -ErrorAction Stop } | Should -Throw -ErrorId 'SessionNotFound,*' }
}
