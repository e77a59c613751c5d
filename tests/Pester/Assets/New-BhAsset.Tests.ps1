BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
}

Describe 'New-BhAsset' {
    It 'makes a host with the usual port' {
        $asset = New-BhAsset web-1 -OwnerAccountId 1234567890123456 -PrivateAddress 10.0.0.1
        $asset.Kind | Should -Be 'Host'
        $asset.Source | Should -Be 'Manual'
        $asset.OperatingSystem | Should -Be 'Linux'
        $asset.Ports['SSH'] | Should -Be 22
        $asset.AddressType | Should -Be 'Private'
    }

    It 'makes a Windows host' { (New-BhAsset desk -OwnerAccountId 1 -PublicAddress desk.example.com -OperatingSystem Windows).Ports['RDP'] | Should -Be 3389 }

    It 'makes a <engine> database on port <port>' -ForEach @(
        @{ engine = 'MySQL'; port = 3306; protocol = 'MySQL' }, @{ engine = 'MariaDB'; port = 3306; protocol = 'MySQL' }
        @{ engine = 'PostgreSQL'; port = 5432; protocol = 'PostgreSQL' }, @{ engine = 'SQLServer'; port = 1433; protocol = 'SQLServer' }
    ) {
        (New-BhAsset "db-$engine" -OwnerAccountId 1 -PrivateAddress 10.0.0.2 -DatabaseEngine $engine).Ports[$protocol] | Should -Be $port
    }

    It 'takes other ports' { (New-BhAsset web-2 -OwnerAccountId 1 -PrivateAddress 10.0.0.1 -Port @{ ssh = 2222 }).Protocols | Should -Be 'SSH:2222' }

    It 'makes many from objects' {
        @([pscustomobject]@{ Name = 'a'; OwnerAccountId = 'x'; PrivateAddress = '10.0.0.3' }, [pscustomobject]@{ Name = 'b'; OwnerAccountId = 'x'; PrivateAddress = '10.0.0.4' }) | New-BhAsset |
            ForEach-Object Address | Should -Be '10.0.0.3', '10.0.0.4'
    }

    It 'makes nothing under -WhatIf' {
        New-BhAsset not -OwnerAccountId 1 -PrivateAddress 10.0.0.1 -WhatIf
        Get-BhAsset not* | Should -BeNullOrEmpty
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a name that is taken'; id = 'NameTaken'; name = 'WEB-1'; with = @{ PrivateAddress = '10.0.0.1' } }
        @{ what = 'a look-alike of a name'; id = 'NameTaken'; name = "w$([char]0x435)b-1"; with = @{ PrivateAddress = '10.0.0.1' } }
        @{ what = 'an empty name'; id = 'InvalidName'; name = ' '; with = @{ PrivateAddress = '10.0.0.1' } }
        @{ what = 'a name with a wildcard'; id = 'InvalidName'; name = 'web-*'; with = @{ PrivateAddress = '10.0.0.1' } }
        @{ what = 'a name that turns the direction of writing'; id = 'InvalidName'; name = "web$([char]0x202e)1"; with = @{ PrivateAddress = '10.0.0.1' } }
        @{ what = 'a name that is too long'; id = 'InvalidName'; name = 'x' * 129; with = @{ PrivateAddress = '10.0.0.1' } }
        @{ what = 'no address'; id = 'AddressMissing'; name = 'z'; with = @{} }
        @{ what = 'an address that is none'; id = 'InvalidAddress'; name = 'z'; with = @{ PrivateAddress = '10.0.0.1; rm -rf /' } }
        @{ what = 'a port that is none'; id = 'InvalidPort'; name = 'z'; with = @{ PrivateAddress = '10.0.0.1'; Port = @{ SSH = 70000 } } }
        @{ what = 'a protocol that is none'; id = 'InvalidPort'; name = 'z'; with = @{ PrivateAddress = '10.0.0.1'; Port = @{ Telnet = 23 } } }
        @{ what = 'an owner that is none'; id = 'InvalidAccountId'; name = 'z'; owner = 'a b'; with = @{ PrivateAddress = '10.0.0.1' } }
    ) {
        $before = @(Get-BhAsset).Count
        $ownerId = if ($owner) { $owner } else { '1' }
        { New-BhAsset $name -OwnerAccountId $ownerId @with -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
        @(Get-BhAsset).Count | Should -Be $before
    }
}
