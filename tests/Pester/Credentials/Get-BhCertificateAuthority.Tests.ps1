BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'fleet', 'spare' | ForEach-Object { $null = New-BhCertificateAuthority $_ }
    $null = New-BhAsset web-1 -OwnerAccountId 7 -PrivateAddress 10.0.0.1
    $null = New-BhAssetAccount web-1 ops -CertificateAuthority fleet
}

Describe 'Get-BhCertificateAuthority' {
    It 'lists all by name, and how many accounts use them' {
        $all = Get-BhCertificateAuthority
        $all.Name | Should -Be 'fleet', 'spare'
        $all.Accounts | Should -Be 1, 0
    }

    It 'takes wildcards' { (Get-BhCertificateAuthority fl*).Name | Should -Be 'fleet' }

    It 'names the nearest when there is none' { { Get-BhCertificateAuthority flet -ErrorAction Stop } | Should -Throw -ErrorId 'CertificateAuthorityNotFound,*' -ExpectedMessage "*'fleet'*" }
}
