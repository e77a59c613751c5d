BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
}

Describe 'Get-BhStore' {
    It 'counts what is there' {
        (Get-BhStore).Assets | Should -Be 0
        $null = New-BhAsset web-1 -OwnerAccountId 1 -PrivateAddress 10.0.0.1
        $null = New-BhUser ana
        $store = Get-BhStore
        $store.Assets | Should -Be 1
        $store.Users | Should -Be 1
        $store.Sessions | Should -Be 0
    }

    It 'names the vault''s key without telling it' {
        $key = [Convert]::ToHexString([IO.File]::ReadAllBytes("$TestDrive/store/vault.key"))
        (Get-BhStore).VaultKeyId | Should -MatchExactly '^[0-9A-F]{16}$'
        $key | Should -Not -Match (Get-BhStore).VaultKeyId
    }

    It 'says what to do when there is none' {
        $other = [powershell]::Create().AddScript({ param($manifest) Import-Module $manifest; Get-BhStore })
        $null = $other.AddArgument((Get-Module Bastion).Path).Invoke()
        $problem = $other.Streams.Error[0]
        $problem.FullyQualifiedErrorId | Should -BeLike 'StoreMissing,*'
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        "$problem" | Should -BeLike '*Initialize-BhStore*'
        $other.Dispose()
    }
}
