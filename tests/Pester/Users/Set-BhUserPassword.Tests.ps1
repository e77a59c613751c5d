BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
    function New-Secret([string] $text) {
        $secret = [securestring]::new()
        foreach ($c in $text.ToCharArray()) { $secret.AppendChar($c) }
        $secret
    }
}

Describe 'Set-BhUserPassword' {
    It 'changes nothing under -WhatIf' {
        Set-BhUserPassword ana (New-Secret 'Blue kettle 42') -WhatIf
        (Get-BhUser ana).PasswordSetAt | Should -BeNullOrEmpty
    }

    It 'sets a password that has to be changed' {
        $user = Set-BhUserPassword ana (New-Secret 'Blue kettle 42') -PassThru
        $user.PasswordSetAt | Should -Not -BeNullOrEmpty
        $user.MustChangePassword | Should -BeTrue
    }

    It 'sets one that lasts' { (Set-BhUserPassword bob (New-Secret 'Blue kettle 42') -MustChange $false -PassThru).MustChangePassword | Should -BeFalse }

    It 'requires a change of all' { (Get-BhUser | Set-BhUserPassword -RequireChange -PassThru).MustChangePassword | Should -Be $true, $true }

    It 'takes a password away' { (Set-BhUserPassword bob -Remove -PassThru).PasswordSetAt | Should -BeNullOrEmpty }

    It 'refuses a bad one and does not repeat it' {
        Set-BhUserPassword ana (New-Secret 'Password2026!') -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PasswordRefused,*'
        $problem[0].Exception.ToString() | Should -Not -BeLike '*Password2026*'
    }

    It 'refuses one that was used before' { { Set-BhUserPassword ana (New-Secret 'Blue kettle 42') -ErrorAction Stop } | Should -Throw -ErrorId 'PasswordRefused,*' }

    It 'says who has none to change' { { Set-BhUserPassword bob -RequireChange -ErrorAction Stop } | Should -Throw -ErrorId 'PasswordMissing,*' }

    It 'comes with a new user' {
        (New-BhUser cid -Password (New-Secret 'Blue kettle 42')).MustChangePassword | Should -BeTrue
        { New-BhUser eva -Password (New-Secret 'short') -ErrorAction Stop } | Should -Throw -ErrorId 'PasswordRefused,*'
        Get-BhUser e* | Should -BeNullOrEmpty
    }
}
