BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'fleet', 'spare' | ForEach-Object { $null = New-BhSharedKey $_ -Comment 'as made' }
    ssh-keygen -q -t ed25519 -N '' -f "$TestDrive/next"
}

Describe 'Set-BhSharedKey' {
    It 'changes what is given and leaves the rest' {
        $before = Get-BhSharedKey fleet
        $key = Set-BhSharedKey fleet -ExpiresAt (Get-Date).AddYears(1) -PassThru
        $key.ExpiresAt | Should -BeGreaterThan (Get-Date).AddDays(360)
        $key.Comment | Should -Be 'as made'
        $key.Fingerprint | Should -Be $before.Fingerprint
    }

    It 'replaces the private key' {
        (Set-BhSharedKey fleet -PrivateKeyPath "$TestDrive/next" -PassThru).Fingerprint | Should -Be ((ssh-keygen -lf "$TestDrive/next.pub") -split ' ')[1]
    }

    It 'takes a value away' { (Set-BhSharedKey fleet -ExpiresAt $null -PassThru).ExpiresAt | Should -BeNullOrEmpty }

    It 'takes keys from the pipeline' { (Get-BhSharedKey | Set-BhSharedKey -Comment 'all' -PassThru).Comment | Should -Be 'all', 'all' }

    It 'changes nothing under -WhatIf' {
        Set-BhSharedKey fleet -NewName other -WhatIf
        (Get-BhSharedKey).Name | Should -Be 'fleet', 'spare'
    }

    It 'refuses a name that is taken' { { Set-BhSharedKey fleet -NewName SPARE -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken,*' }

    It 'says when there is none' { { Set-BhSharedKey nobody -Comment x -ErrorAction Stop } | Should -Throw -ErrorId 'SharedKeyNotFound,*' }
}
