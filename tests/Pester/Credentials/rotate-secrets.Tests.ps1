# The runbook, over the rehearsal's hosts: these read one file of keys for all, and so refuse what is put into an account's own
BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $rehearsal = Start-Rehearsal $TestDrive -Hosts
    $store = New-RehearsalStore $TestDrive $rehearsal
    $runbook = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'examples', 'rotate-secrets.ps1'))
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'rotate-secrets.ps1' {
    It 'leaves alone what is not due' {
        & $runbook -Store $store | Should -Be 'Nothing is due.'
        $LASTEXITCODE | Should -Be 0
    }

    It 'leaves alone the accounts of others' { & $runbook -Store $store -OlderThanDays -1 -OwnerAccountId 1 | Should -Be 'Nothing is due.' }

    It 'tells what failed, and leaves the account as it was' {
        $before = (Get-BhAssetAccount web-2).PrivateKeyFingerprint
        $said = & $runbook -Store $store -OlderThanDays -1
        $LASTEXITCODE | Should -Be 1
        $said[0] | Should -BeLike 'FAILED *@web-2: The asset did not take the new secret*'
        $said[1] | Should -Be '0 of 1 done.'
        (Get-BhAssetAccount web-2).PrivateKeyFingerprint | Should -Be $before
        (Get-BhAssetAccount web-2).SecretChangeOpen | Should -BeFalse
    }
}
