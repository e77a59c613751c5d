BeforeAll {
    Import-Module Bastion
    $one = (Initialize-BhStore "$TestDrive/one").Path
    $null = New-BhAsset in-one -OwnerAccountId 1 -PrivateAddress 10.0.0.1
    $two = (Initialize-BhStore "$TestDrive/two").Path
    $null = New-BhAsset in-two -OwnerAccountId 1 -PrivateAddress 10.0.0.1
}

Describe 'Connect-BhStore' {
    It 'goes from one store to another' {
        (Connect-BhStore $one).Path | Should -Be $one
        (Get-BhAsset).Name | Should -Be 'in-one'
        $null = Connect-BhStore $two
        (Get-BhAsset).Name | Should -Be 'in-two'
    }

    It 'stays with the old store when the new one can''t be opened' {
        $null = Connect-BhStore $one
        { Connect-BhStore "$TestDrive/nowhere" -ErrorAction Stop } | Should -Throw -ErrorId 'StoreMissing,*'
        (Get-BhStore).Path | Should -Be $one
    }

    It 'finds the store that BASTION_STORE names' {
        $before = $env:BASTION_STORE
        try {
            $env:BASTION_STORE = $two
            (Connect-BhStore).Path | Should -Be $two
        }
        finally { $env:BASTION_STORE = $before }
    }

    It 'drops rights to those of a user, until it is connected again' {
        $null = Connect-BhStore $one
        $null = New-BhUser ana
        $null = New-BhUser bob
        (Connect-BhStore $one -AsUser ana).Assets | Should -Be 0
        (Get-BhUser).Name | Should -Be 'ana'
        Get-BhAsset | Should -BeNullOrEmpty
        { New-BhAsset mine -OwnerAccountId 1 -PrivateAddress 10.0.0.1 -ErrorAction Stop } | Should -Throw -ErrorId 'NotAuthorized,*'
        (TabExpansion2 'Get-BhAsset in' 14).CompletionMatches.CompletionText | Should -Not -Contain 'in-one'
        { Connect-BhStore $one -AsUser nobody -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*'
        Get-BhAsset | Should -BeNullOrEmpty
        $null = Connect-BhStore $one
        (Get-BhAsset).Name | Should -Be 'in-one'
    }

    It 'is a matter of the runspace' {
        $null = Connect-BhStore $one
        $other = [powershell]::Create().AddScript({ param($manifest, $path) Import-Module $manifest; $null = Connect-BhStore $path; (Get-BhAsset).Name })
        $other.AddArgument((Get-Module Bastion).Path).AddArgument($two).Invoke() | Should -Be 'in-two'
        $other.Dispose()
        (Get-BhAsset).Name | Should -Be 'in-one'
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a damaged database'; id = 'StoreCorrupt'; break = { param($folder) [IO.File]::WriteAllBytes("$folder/bastion.db", [byte[]](1..255)) } }
        @{ what = 'the key of another store'; id = 'VaultKeyMismatch'; break = { param($folder) Copy-Item "$one/vault.key" "$folder/vault.key" -Force } }
        @{ what = 'a missing key'; id = 'VaultKeyMissing'; break = { param($folder) Remove-Item "$folder/vault.key" } }
        @{ what = 'a database that is not ours'; id = 'StoreForeign'; break = { param($folder) Remove-Item "$folder/bastion.db*"; New-OtherDatabase "$folder/bastion.db" } }
        @{ what = 'a newer schema'; id = 'StoreNewer'; break = { param($folder) Set-SchemaVersion "$folder/bastion.db" 9999 } }
    ) {
        function New-OtherDatabase($path) {
            # An empty database: a header page that SQLite takes, with an application id of nobody
            $null = Initialize-BhStore "$TestDrive/donor-$([guid]::NewGuid().ToString('N'))"
            Copy-Item "$((Get-BhStore).Path)/bastion.db" $path
            $null = Connect-BhStore $one
            $bytes = [IO.File]::ReadAllBytes($path)
            68..71 | ForEach-Object { $bytes[$_] = 7 }
            [IO.File]::WriteAllBytes($path, $bytes)
        }
        # user_version stands at offset 60 of the header, big-endian
        function Set-SchemaVersion($path, [int] $version) {
            $bytes = [IO.File]::ReadAllBytes($path)
            60..63 | ForEach-Object { $bytes[$_] = [byte](($version -shr (8 * (63 - $_))) -band 255) }
            [IO.File]::WriteAllBytes($path, $bytes)
        }

        $folder = (Initialize-BhStore "$TestDrive/bad-$([guid]::NewGuid().ToString('N'))").Path
        $null = Connect-BhStore $one
        & $break $folder
        { Connect-BhStore $folder -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
        (Get-BhStore).Path | Should -Be $one
    }

    It 'refuses a key that others may read, and says how to set it right' -Skip:$IsWindows {
        $folder = (Initialize-BhStore "$TestDrive/exposed").Path
        $null = Connect-BhStore $one
        chmod 644 "$folder/vault.key"
        { Connect-BhStore $folder -ErrorAction Stop } | Should -Throw -ErrorId 'VaultKeyExposed,*' -ExpectedMessage '*chmod 600*'
    }

    Context 'as a user' {
        BeforeAll {
            $null = Connect-BhStore $one
            function New-Secret([string] $text) {
                $secret = [securestring]::new()
                foreach ($c in $text.ToCharArray()) { $secret.AppendChar($c) }
                $secret
            }
            function New-Credential([string] $name, [string] $password) { [pscredential]::new($name, (New-Secret $password)) }
            $null = New-BhUser ana
            Set-BhUserPassword ana (New-Secret 'Blue kettle 42')
        }

        It 'has the password changed first' {
            { Connect-BhStore $one -Credential (New-Credential ana 'Blue kettle 42') -ErrorAction Stop } | Should -Throw -ErrorId 'PasswordChangeRequired,*'
            (Connect-BhStore $one -Credential (New-Credential ana 'Blue kettle 42') -NewPassword (New-Secret 'Red lantern 7!')).Path | Should -Be $one
        }

        It 'is that user from then on, until connected without' {
            $null = Connect-BhStore $one -Credential (New-Credential ana 'Red lantern 7!')
            { New-BhUser eva -ErrorAction Stop } | Should -Throw -ErrorId 'NotAuthorized,*' -ExpectedMessage "'ana' *"
            $null = Connect-BhStore $one
            (New-BhUser eva).Name | Should -Be 'eva'
        }

        It 'stays who one was when it fails, and does not tell why' {
            $null = Connect-BhStore $two
            foreach ($name in 'ana', 'nobody') {
                Connect-BhStore $one -Credential (New-Credential $name 'Green door 9?') -ErrorVariable problem -ErrorAction SilentlyContinue
                $problem[0].FullyQualifiedErrorId | Should -BeLike 'SignInFailed,*'
                "$($problem[0])" | Should -BeLike "'$name' could not be signed in: the name, the password or the code is wrong*"
            }
            (Get-BhStore).Path | Should -Be $two
        }

        It 'locks out after too many failures' {
            $null = Connect-BhStore $one
            $null = Set-BhSignInPolicy -LockAfter 2
            1..2 | ForEach-Object { Connect-BhStore $one -Credential (New-Credential ana 'Green door 9?') -ErrorAction SilentlyContinue }
            (Get-BhUser -State LockedOut).Name | Should -Be 'ana'
            { Connect-BhStore $one -Credential (New-Credential ana 'Red lantern 7!') -ErrorAction Stop } | Should -Throw -ErrorId 'SignInFailed,*'
            Unlock-BhUser ana
            (Connect-BhStore $one -Credential (New-Credential ana 'Red lantern 7!')).Path | Should -Be $one
            $null = Connect-BhStore $one
        }
    }
}
