BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhAsset web-1 -OwnerAccountId 7 -PrivateAddress 10.0.0.1
    ssh-keygen -q -t ed25519 -N '' -f "$TestDrive/key"
    $null = New-BhAssetAccount web-1 root -PrivateKeyPath "$TestDrive/key"
}

Describe 'Set-BhAssetAccount' {
    It 'adds a password to a key' {
        (Set-BhAssetAccount web-1 root -Password (ConvertTo-SecureString 'x' -AsPlainText -Force) -PassThru).Credential | Should -Be 'key, password'
    }

    It 'clears one credential and keeps the account' {
        (Set-BhAssetAccount web-1 root -Clear PrivateKey -PassThru).Credential | Should -Be 'password'
        (Set-BhAssetAccount web-1 root -Clear Password -PassThru).Credential | Should -Be 'ask'
    }

    It 'sets a shared key, which goes first, and clears it' {
        $null = New-BhSharedKey fleet
        (Set-BhAssetAccount web-1 root -SharedKey fleet -Password (ConvertTo-SecureString 'x' -AsPlainText -Force) -PassThru).Credential | Should -Be 'shared key, password'
        $account = Set-BhAssetAccount web-1 root -Clear SharedKey, Password -PassThru
        $account.Credential | Should -Be 'ask'
        $account.SharedKey | Should -BeNullOrEmpty
    }

    It 'takes accounts from the pipeline' { (Get-BhAssetAccount web-1 | Set-BhAssetAccount -Comment 'all of them' -PassThru).Comment | Should -Be 'all of them' }

    It 'changes nothing under -WhatIf' {
        Set-BhAssetAccount web-1 root -Privileged $true -WhatIf
        (Get-BhAssetAccount web-1 root).Privileged | Should -BeFalse
    }

    It 'says when there is none' { { Set-BhAssetAccount web-1 nobody -Comment x -ErrorAction Stop } | Should -Throw -ErrorId 'AssetAccountNotFound,*' }
}
