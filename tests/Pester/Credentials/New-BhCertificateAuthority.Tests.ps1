BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
}

Describe 'New-BhCertificateAuthority' {
    It 'makes one, and shows its public half only' {
        $ca = New-BhCertificateAuthority fleet -ValidMinutes 10 -SourceAddress 10.0.0.1, 10.1.0.0/16
        Set-Content "$TestDrive/ca.pub" $ca.PublicKey
        ((ssh-keygen -lf "$TestDrive/ca.pub") -split ' ')[1] | Should -Be $ca.Fingerprint
        $ca.Validity.TotalMinutes | Should -Be 10
        ($ca | Format-List * | Out-String) | Should -Not -Match 'PRIVATE'
    }

    It 'makes nothing under -WhatIf' {
        New-BhCertificateAuthority not -WhatIf
        Get-BhCertificateAuthority not* | Should -BeNullOrEmpty
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a name that is taken'; id = 'NameTaken'; with = @{ Name = 'FLEET' } }
        @{ what = 'a source that is no address'; id = 'InvalidCertificateRule'; with = @{ Name = 'x'; SourceAddress = 'bastion' } }
    ) {
        { New-BhCertificateAuthority @with -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
    }
}
