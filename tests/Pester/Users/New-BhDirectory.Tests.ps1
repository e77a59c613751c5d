BeforeAll {
    Import-Module Bastion
    . "$PSScriptRoot/Directory.ps1"
    $null = Initialize-BhStore "$TestDrive/store"
}

Describe 'New-BhDirectory' {
    It 'adds none under -WhatIf' {
        New-BhDirectory corp -Server ldap.example.org -BaseDn 'dc=example,dc=org' -WhatIf
        Get-BhDirectory | Should -BeNullOrEmpty
    }

    It 'adds a directory, for OpenLDAP if not said otherwise' {
        $directory = New-BhDirectory corp -Server ldap.example.org -BaseDn 'dc=example,dc=org' -BindDn 'cn=x' -BindPassword (New-Secret 'Admin secret 1')
        $directory.Port | Should -Be 636
        $directory.NameAttribute | Should -Be 'uid'
        $directory | Format-List * | Out-String | Should -Not -BeLike '*secret*'
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a name that is taken'; id = 'NameTaken'; with = @{ Name = 'CORP' } }
        @{ what = 'what is no host'; id = 'DirectoryInvalid'; with = @{ Server = 'not a host' } }
        @{ what = 'a filter without parentheses'; id = 'DirectoryInvalid'; with = @{ Filter = 'uid=*' } }
        @{ what = 'a name without its password'; id = 'DirectoryInvalid'; with = @{ BindDn = 'cn=x' } }
        @{ what = 'a folder that is not there'; id = 'DirectoryInvalid'; with = @{ CertificateFolder = '/nowhere' } }
    ) {
        $all = @{ Name = 'other'; Server = 'host'; BaseDn = 'dc=x' }
        foreach ($key in $with.Keys) { $all[$key] = $with[$key] }
        { New-BhDirectory @all -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
        (Get-BhDirectory).Name | Should -Be 'corp'
    }
}
