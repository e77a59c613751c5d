BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    ssh-keygen -q -t rsa -N 'open sesame' -f "$TestDrive/locked"
}

Describe 'New-BhSharedKey' {
    It 'makes a key, and shows its public half only' {
        $key = New-BhSharedKey fleet
        $key.KeyType | Should -Be 'ssh-ed25519'
        Set-Content "$TestDrive/fleet.pub" $key.PublicKey
        ((ssh-keygen -lf "$TestDrive/fleet.pub") -split ' ')[1] | Should -Be $key.Fingerprint
        ($key | Format-List * | Out-String) | Should -Not -Match 'PRIVATE'
    }

    It 'keeps one that is there, with its passphrase' {
        $key = New-BhSharedKey old -PrivateKeyPath "$TestDrive/locked" -Passphrase (ConvertTo-SecureString 'open sesame' -AsPlainText -Force) -Comment 'from before'
        $key.Fingerprint | Should -Be ((ssh-keygen -lf "$TestDrive/locked.pub") -split ' ')[1]
        $key.Comment | Should -Be 'from before'
    }

    It 'warns of an end that is near' {
        $key = New-BhSharedKey brief -ExpiresAt (Get-Date).AddDays(3) -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike "*'brief' expires on*"
        $key.ExpiresAt | Should -BeGreaterThan (Get-Date)
    }

    It 'makes nothing under -WhatIf' {
        New-BhSharedKey not -WhatIf
        Get-BhSharedKey not* | Should -BeNullOrEmpty
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a name that is taken'; id = 'NameTaken'; with = @{ Name = 'FLEET' } }
        @{ what = 'a key without its passphrase'; id = 'InvalidPrivateKey'; with = @{ Name = 'x'; PrivateKeyPath = 'locked' } }
        @{ what = 'a file that is not there'; id = 'FileUnreadable'; with = @{ Name = 'x'; PrivateKeyPath = 'nowhere' } }
    ) {
        $more = $with.Clone()
        if ($more.PrivateKeyPath) { $more.PrivateKeyPath = "$TestDrive/$($more.PrivateKeyPath)" }
        { New-BhSharedKey @more -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
    }
}
