BeforeAll { Import-Module Bastion }

Describe 'Initialize-BhStore' {
    It 'makes a store and uses it' {
        $made = Initialize-BhStore "$TestDrive/one"
        $made.Path | Should -Be (Join-Path $TestDrive 'one')
        $made.SchemaVersion | Should -BeGreaterThan 0
        $made.TrustsHostKeyOnFirstUse | Should -BeTrue
        (Get-BhStore).Path | Should -Be $made.Path
    }

    It 'keeps the database and the key from others' -Skip:$IsWindows {
        $null = Initialize-BhStore "$TestDrive/private"
        "$([IO.File]::GetUnixFileMode("$TestDrive/private"))" | Should -Be 'UserExecute, UserWrite, UserRead'
        foreach ($file in 'bastion.db', 'vault.key') { "$([IO.File]::GetUnixFileMode("$TestDrive/private/$file"))" | Should -Be 'UserWrite, UserRead' }
    }

    It 'refuses a folder that has a store already, and leaves that as it is' {
        $null = Initialize-BhStore "$TestDrive/twice"
        $null = New-BhAsset web-1 -OwnerAccountId 1 -PrivateAddress 10.0.0.1
        { Initialize-BhStore "$TestDrive/twice" -ErrorAction Stop } | Should -Throw -ErrorId 'StoreExists,*'
        (Get-BhAsset).Name | Should -Be 'web-1'
    }

    It 'makes nothing under -WhatIf' {
        Initialize-BhStore "$TestDrive/not" -WhatIf
        "$TestDrive/not" | Should -Not -Exist
    }

    It 'says when the place can''t be written' {
        Set-Content "$TestDrive/file" 'in the way'
        { Initialize-BhStore "$TestDrive/file/store" -ErrorAction Stop } | Should -Throw -ErrorId 'StoreReadOnly,*'
    }

    It 'takes relative paths from the current location' {
        Push-Location $TestDrive
        try { (Initialize-BhStore './here').Path | Should -Be (Join-Path $TestDrive 'here') }
        finally { Pop-Location }
    }
}
