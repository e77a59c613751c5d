# The module's own copy of the LDAP client, in its own load context, against a real server
BeforeAll {
    Import-Module Bastion
    . "$PSScriptRoot/Directory.ps1"
    $folder = [IO.Directory]::CreateTempSubdirectory('bastion-ldap-').FullName
    $server = Start-Directory $folder
    $store = (Initialize-BhStore "$TestDrive/store").Path
    $where = @{ Server = '127.0.0.1'; Port = $server.Port; BaseDn = 'dc=example,dc=org'; BindDn = 'cn=admin,dc=example,dc=org' }
    $null = New-BhDirectory corp @where -BindPassword (New-Secret 'Admin secret 1') -CertificateFolder $server.Trusted
    $null = New-BhDirectory wrong @where -BindPassword (New-Secret 'Other secret 2') -CertificateFolder $server.Trusted
    $null = New-BhDirectory untrusted @where -BindPassword (New-Secret 'Admin secret 1')
}

AfterAll {
    $server.Process.Kill()
    $server.Process.WaitForExit()
    [IO.Directory]::Delete($folder, $true)
}

Describe 'Test-BhDirectory' {
    It 'tells what works and what is wrong' {
        $tests = Get-BhDirectory corp, wrong, untrusted | Test-BhDirectory
        $tests.IsWorking | Should -Be $true, $false, $false
        $tests[0].Users | Should -Be 1
        $tests[1].Problem | Should -BeLike '*does not take the name and password*'
        $tests[2].Problem | Should -BeLike "*can't be reached*"
        "$($tests.Problem)" | Should -Not -BeLike '*secret*'
    }

    It 'says when there is none' { { Test-BhDirectory nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'DirectoryNotFound,*' }

    It 'has users that are imported and sign in with their passwords there' {
        Import-BhUser -Directory corp -WhatIf | Should -BeNullOrEmpty
        Get-BhUser | Should -BeNullOrEmpty
        (Import-BhUser -Directory corp).Action | Should -Be 'Add'
        (Import-BhUser -Directory corp).Action | Should -Be 'None'
        (Get-BhUser eva).DisplayName | Should -Be 'Eva Lund'
        (Connect-BhStore $store -Credential ([pscredential]::new('eva', (New-Secret 'Blue kettle 42')))).Path | Should -Be $store
        { New-BhUser x -ErrorAction Stop } | Should -Throw -ErrorId 'NotAuthorized,*'
        $null = Connect-BhStore $store
        { Connect-BhStore $store -Credential ([pscredential]::new('eva', (New-Secret 'Red lantern 7!'))) -ErrorAction Stop } | Should -Throw -ErrorId 'SignInFailed,*'
        { Set-BhUserPassword eva (New-Secret 'Red lantern 7!') -ErrorAction Stop } | Should -Throw -ErrorId 'UserFromDirectory,*'
        { Remove-BhDirectory corp -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'DirectoryInUse,*'
    }
}
