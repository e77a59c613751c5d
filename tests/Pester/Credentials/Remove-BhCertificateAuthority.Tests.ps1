BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'fleet', 'spare' | ForEach-Object { $null = New-BhCertificateAuthority $_ }
    $null = New-BhAsset web-1 -OwnerAccountId 7 -PrivateAddress 10.0.0.1
    $null = New-BhAssetAccount web-1 ops -CertificateAuthority fleet
}

Describe 'Remove-BhCertificateAuthority' {
    It 'changes nothing under -WhatIf' {
        Get-BhCertificateAuthority | Remove-BhCertificateAuthority -WhatIf
        @(Get-BhCertificateAuthority).Count | Should -Be 2
    }

    It 'removes those that nobody uses; one in use does not stop the others' {
        Get-BhCertificateAuthority | Remove-BhCertificateAuthority -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CertificateAuthorityInUse,*'
        (Get-BhCertificateAuthority).Name | Should -Be 'fleet'
    }

    It 'removes one that was taken from its accounts' {
        (Set-BhAssetAccount web-1 ops -Clear CertificateAuthority -PassThru).Credential | Should -Be 'ask'
        Remove-BhCertificateAuthority fleet -Confirm:$false
        Get-BhCertificateAuthority | Should -BeNullOrEmpty
    }
}
