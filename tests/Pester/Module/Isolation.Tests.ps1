# Other modules in the same process may have brought other versions of what we use.
Describe 'Other versions of what the module needs were loaded before' {
    BeforeAll {
        # The test build puts them there: tests/Pester/Pester.csproj
        $others = $env:BASTION_OTHER_VERSIONS
        $polly = [Reflection.Assembly]::LoadFrom("$others/Polly.Core.dll")
        $sqlite = [Reflection.Assembly]::LoadFrom("$others/Microsoft.Data.Sqlite.dll")
        Import-Module Bastion
        $store = "$TestDrive/store"
        $null = Initialize-BhStore $store

        function Get-Loaded([string] $Name) { [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq $Name } }
    }

    It 'works with its own SQLite beside the other' {
        $null = New-BhAsset web-1 -OwnerAccountId 1000000000000003 -PrivateAddress 127.0.0.1
        (Get-BhAsset web-1).OwnerAccountId | Should -Be '1000000000000003'
        @(Get-Loaded 'Microsoft.Data.Sqlite').Count | Should -Be 2
    }

    It 'leaves the others what they were' {
        [Reflection.Assembly]::Load('Polly.Core') | Should -Be $polly
        [Reflection.Assembly]::Load('Microsoft.Data.Sqlite') | Should -Be $sqlite
        $sqlite.GetName().Version | Should -Not -Be (Get-Loaded 'Microsoft.Data.Sqlite' | Where-Object { $_ -ne $sqlite }).GetName().Version
    }

    It 'is imported twice, removed, and imported again' {
        Import-Module Bastion -Force
        $null = Connect-BhStore $store
        (Get-BhAsset web-1).Name | Should -Be 'web-1'
        Remove-Module Bastion
        Get-Module Bastion | Should -BeNullOrEmpty
        Import-Module Bastion
        $null = Connect-BhStore $store
        (Get-BhAsset web-1).Name | Should -Be 'web-1'
    }
}
