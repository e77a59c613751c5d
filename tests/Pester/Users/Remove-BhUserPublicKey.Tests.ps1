BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
    1..3 | ForEach-Object { ssh-keygen -q -t ed25519 -N '' -f "$TestDrive/key$_"; Add-BhUserPublicKey ana -Path "$TestDrive/key$_.pub" }
}

Describe 'Remove-BhUserPublicKey' {
    It 'changes nothing under -WhatIf' {
        Get-BhUserPublicKey ana | Remove-BhUserPublicKey -WhatIf
        @(Get-BhUserPublicKey).Count | Should -Be 3
    }

    It 'takes one key away' {
        $gone = (Get-BhUserPublicKey ana)[0].Fingerprint
        Remove-BhUserPublicKey ana $gone
        (Get-BhUserPublicKey ana).Fingerprint | Should -Not -Contain $gone
        { Remove-BhUserPublicKey ana $gone -ErrorAction Stop } | Should -Throw -ErrorId 'PublicKeyNotFound,*'
    }

    It 'takes no key from somebody else' { { Remove-BhUserPublicKey bob (Get-BhUserPublicKey ana)[0].Fingerprint -ErrorAction Stop } | Should -Throw -ErrorId 'PublicKeyNotFound,*' }

    It 'takes keys from the pipeline' {
        Get-BhUserPublicKey | Remove-BhUserPublicKey
        Get-BhUserPublicKey | Should -BeNullOrEmpty
    }
}
