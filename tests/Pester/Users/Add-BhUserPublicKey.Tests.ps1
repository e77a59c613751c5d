BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
    1..4 | ForEach-Object { ssh-keygen -q -t ed25519 -N '' -C "key$_" -f "$TestDrive/key$_" }
    function Get-Line([int] $number) { [IO.File]::ReadAllText("$TestDrive/key$number.pub").Trim() }
}

Describe 'Add-BhUserPublicKey' {
    It 'adds a key from a file, with the fingerprint that ssh-keygen tells' {
        $key = Add-BhUserPublicKey ana -Path "$TestDrive/key1.pub" -PassThru
        $key.Fingerprint | Should -Be ((ssh-keygen -l -f "$TestDrive/key1.pub") -split ' ')[1]
        $key.Comment | Should -Be 'key1'
    }

    It 'takes lines from the pipeline' {
        (Get-Line 2), (Get-Line 3) | Add-BhUserPublicKey ana -Comment both
        (Get-BhUserPublicKey ana).Comment | Should -Be 'key1', 'both', 'both'
    }

    It 'takes users and keys by property name' {
        [pscustomobject]@{ User = 'bob'; PublicKey = Get-Line 4 } | Add-BhUserPublicKey
        (Get-BhUserPublicKey bob).Comment | Should -Be 'key4'
    }

    It 'adds none under -WhatIf' {
        ssh-keygen -q -t ed25519 -N '' -f "$TestDrive/other"
        Add-BhUserPublicKey bob -Path "$TestDrive/other.pub" -WhatIf
        @(Get-BhUserPublicKey bob).Count | Should -Be 1
    }

    It 'refuses the key of another user' { { Add-BhUserPublicKey bob (Get-Line 1) -ErrorAction Stop } | Should -Throw -ErrorId 'PublicKeyTaken,*' }

    It 'refuses a private key without showing it' {
        $body = [IO.File]::ReadAllLines("$TestDrive/key1")[1]
        Add-BhUserPublicKey ana -Path "$TestDrive/key1" -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PrivateKeyGiven,*'
        $problem[0].TargetObject | Should -BeNullOrEmpty
        "$($problem[0])" | Should -Not -BeLike "*$body*"
        Add-BhUserPublicKey ana ([IO.File]::ReadAllText("$TestDrive/key1")) -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PrivateKeyGiven,*'
    }

    It 'refuses what is no key' { { Add-BhUserPublicKey ana 'ssh-ed25519 rubbish' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidPublicKey,*' }

    It 'says which file is missing' { { Add-BhUserPublicKey ana -Path "$TestDrive/none.pub" -ErrorAction Stop } | Should -Throw -ErrorId 'FileUnreadable,*' }
}
