BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $rehearsal = Start-Rehearsal $TestDrive -Hosts
    $null = New-RehearsalStore $TestDrive $rehearsal
    $web1 = Get-RehearsalHost $rehearsal 'web-1'
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Approve-BhAssetHostKey' {
    It 'lets an unknown host in where trust on first use is off' {
        Set-BhStore -TrustHostKeyOnFirstUse $false
        $problem = $null
        try { Invoke-BhCommand web-2 true -User ana -ErrorAction Stop } catch { $problem = $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'HostKeyUnknown,*'
        $problem.CategoryInfo.Category | Should -Be 'SecurityError'
        (Get-BhAssetHostKey web-2).State | Should -Be 'Offered'
        Approve-BhAssetHostKey web-2 -WhatIf
        (Get-BhAssetHostKey web-2).State | Should -Be 'Offered'
        Approve-BhAssetHostKey web-2 -Confirm:$false
        (Invoke-BhCommand web-2 'echo in' -User ana).Output | Should -Be 'in'
    }

    It 'lets a host in again that was set up anew, and no longer trusts the old key' {
        # Another host answers at web-2's port, as if it had been set up anew
        $old = (Get-BhAssetHostKey web-2).Fingerprint
        $null = Set-BhAsset web-2 -Port @{ SSH = $web1.port }
        { Invoke-BhCommand web-2 true -User ana -ErrorAction Stop } | Should -Throw -ErrorId 'HostKeyChanged,*' -ExpectedMessage "*$old*"
        Get-BhAssetHostKey web-2 | Where-Object State -eq Offered | Approve-BhAssetHostKey -Confirm:$false
        (Get-BhAssetHostKey web-2).Fingerprint | Should -Not -Be $old
        (Invoke-BhCommand web-2 'echo in' -User ana).Output | Should -Be 'in'
    }

    It 'refuses a key that the host never showed' {
        { Approve-BhAssetHostKey web-2 -Fingerprint 'SHA256:nothing' -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'HostKeyNotFound,*'
    }
}
