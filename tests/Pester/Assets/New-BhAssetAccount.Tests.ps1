BeforeAll {
    Import-Module Bastion
    $store = (Initialize-BhStore "$TestDrive/store").Path
    'web-1', 'web-2' | ForEach-Object { $null = New-BhAsset $_ -OwnerAccountId 7 -PrivateAddress 10.0.0.1 }
    $null = New-BhAsset orders -OwnerAccountId 7 -PrivateAddress 10.0.0.2 -DatabaseEngine MySQL
    ssh-keygen -q -t ed25519 -N '' -f "$TestDrive/plain"
    ssh-keygen -q -t ed25519 -N 'open sesame' -f "$TestDrive/locked"
    function Hide($text) { ConvertTo-SecureString $text -AsPlainText -Force }
}

Describe 'New-BhAssetAccount' {
    It 'keeps a password, and shows only that there is one' {
        $account = New-BhAssetAccount web-1 deploy -Password (Hide 'correct-horse-7')
        $account.Protocol | Should -Be 'SSH'
        $account.Credential | Should -Be 'password'
        $account.OwnerAccountId | Should -Be '7'
        ($account | Format-List * | Out-String) | Should -Not -Match 'correct-horse-7'
        foreach ($file in Get-ChildItem $store -File -Recurse) { [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($file)) | Should -Not -Match 'correct-horse-7' -Because $file.Name }
    }

    It 'keeps a private key by its fingerprint' {
        $account = New-BhAssetAccount web-1 root -PrivateKeyPath "$TestDrive/plain" -Privileged
        $account.PrivateKeyFingerprint | Should -Be ((ssh-keygen -lf "$TestDrive/plain.pub") -split ' ')[1]
        $account.Privileged | Should -BeTrue
    }

    It 'keeps an encrypted key with its passphrase' {
        (New-BhAssetAccount web-2 root -PrivateKeyPath "$TestDrive/locked" -Passphrase (Hide 'open sesame')).HasPrivateKey | Should -BeTrue
    }

    It 'makes one without a secret' { (New-BhAssetAccount web-1 guest).Credential | Should -Be 'ask' }

    It 'makes one that uses a shared key, by name or from the pipeline' {
        (New-BhAssetAccount web-1 fleet-1 -SharedKey (New-BhSharedKey fleet)).SharedKey | Should -Be 'fleet'
        (New-BhAssetAccount web-2 fleet-1 -SharedKey fleet).Credential | Should -Be 'shared key'
        (Get-BhSharedKey fleet).UsedBy | Should -Be 'fleet-1@web-1', 'fleet-1@web-2'
    }

    It 'makes one that stands for each user''s own login' { (New-BhAssetAccount web-1 self).Credential | Should -Be 'self' }

    It 'makes one on each asset that is piped in' { (Get-BhAsset web-* | New-BhAssetAccount -Name ops).Asset | Should -Be 'web-1', 'web-2' }

    It 'makes one on a database' { (New-BhAssetAccount orders app -Database shop).Protocol | Should -Be 'MySQL' }

    It 'makes nothing under -WhatIf' {
        New-BhAssetAccount web-1 not -WhatIf
        Get-BhAssetAccount web-1 not* | Should -BeNullOrEmpty
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a second one of the same name'; id = 'AssetAccountExists'; name = 'root'; with = @{} }
        @{ what = 'an asset that is not there'; id = 'AssetNotFound'; asset = 'web-9'; name = 'x'; with = @{} }
        @{ what = 'a protocol that the asset does not speak'; id = 'ProtocolMissing'; name = 'x'; with = @{ Protocol = 'RDP' } }
        @{ what = 'an encrypted key without its passphrase'; id = 'InvalidPrivateKey'; name = 'x'; key = 'locked'; with = @{} }
        @{ what = 'a public key'; id = 'InvalidPrivateKey'; name = 'x'; key = 'plain.pub'; with = @{} }
        @{ what = 'a key file that is not there'; id = 'FileUnreadable'; name = 'x'; key = 'nowhere'; with = @{} }
        @{ what = 'a shared key that is not there'; id = 'SharedKeyNotFound'; name = 'x'; with = @{ SharedKey = 'nowhere' } }
        @{ what = 'a key for a database'; id = 'KeyNeedsSsh'; asset = 'orders'; name = 'x'; key = 'plain'; with = @{} }
        @{ what = 'a secret for self'; id = 'SelfKeepsNoSecret'; asset = 'web-2'; name = 'self'; with = @{ Password = (ConvertTo-SecureString 'x' -AsPlainText -Force) } }
        @{ what = 'a name with hidden characters'; id = 'InvalidName'; name = "ro`u{200b}ot"; with = @{} }
    ) {
        $before = @(Get-BhAssetAccount).Count
        $target = if ($asset) { $asset } else { 'web-1' }
        $more = $with.Clone()
        if ($key) { $more.PrivateKeyPath = "$TestDrive/$key" }
        { New-BhAssetAccount $target $name @more -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
        @(Get-BhAssetAccount).Count | Should -Be $before
    }
}
