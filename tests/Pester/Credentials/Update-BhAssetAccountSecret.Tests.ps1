# What is changed on real hosts and databases, and what a kill leaves behind: tests/Unit/Credentials
BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $rehearsal = Start-Rehearsal $TestDrive -Hosts
    $store = New-RehearsalStore $TestDrive $rehearsal
    $login = (Get-RehearsalHost $rehearsal 'web-2').user
    # The rehearsal's hosts read this file
    $keys = "$((Get-RehearsalHost $rehearsal 'web-2').privateKeyPath).pub"
    $null = New-BhAssetAccount web-2 guest
    $null = New-BhAssetAccount web-2 other -Password (ConvertTo-SecureString 'x' -AsPlainText -Force)
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Update-BhAssetAccountSecret' {
    It 'changes nothing under -WhatIf' {
        $before = (Get-BhAssetAccount web-2 $login).PrivateKeyFingerprint
        Get-BhAssetAccount web-2 | Update-BhAssetAccountSecret -WhatIf
        (Get-BhAssetAccount web-2 $login).PrivateKeyFingerprint | Should -Be $before
    }

    It 'gives the account a new key on the host and here' {
        $before = (Get-BhAssetAccount web-2 $login).PrivateKeyFingerprint
        $result = Update-BhAssetAccountSecret web-2 $login -AuthorizedKeysFile $keys
        $result.Secret | Should -Be 'PrivateKey'
        $result.Fingerprint | Should -Not -Be $before
        $account = Get-BhAssetAccount web-2 $login
        $account.PrivateKeyFingerprint | Should -Be $result.Fingerprint
        $account.SecretChangedAt | Should -BeGreaterThan (Get-Date).AddMinutes(-5)
        (Test-BhAssetAccount web-2 $login).State | Should -Be 'Works'
    }

    It 'takes accounts from the pipeline; one that fails does not stop the others' {
        $results = @(Get-BhAssetAccount web-2 | Update-BhAssetAccountSecret -AuthorizedKeysFile $keys -ErrorVariable problems -ErrorAction SilentlyContinue)
        $results.Name | Should -Be $login
        ($problems.FullyQualifiedErrorId | Sort-Object) -join ' ' | Should -BeLike 'NothingToChange,* SecretNotWorking,*'
    }

    It 'has nothing to resume when nothing is open' { Get-BhAssetAccount web-2 | Update-BhAssetAccountSecret -Resume | Should -BeNullOrEmpty }

    It 'refuses <what>' -ForEach @(
        @{ what = 'an account of another name'; id = 'AssetAccountNotFound'; name = 'nobody'; with = @{} }
        @{ what = 'rules that allow no password'; id = 'InvalidSecretRules'; name = 'other'; with = @{ CharacterClass = 'Digit'; ExcludeCharacter = '0123456789' } }
        @{ what = 'help of an account that is not privileged'; id = 'NothingToChange'; name = 'other'; with = @{ Via = 'guest' } }
    ) {
        { Update-BhAssetAccountSecret web-2 $name @with -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
    }
}
