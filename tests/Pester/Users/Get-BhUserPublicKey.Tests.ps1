BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object {
        $null = New-BhUser $_
        ssh-keygen -q -t ed25519 -N '' -C $_ -f "$TestDrive/$_"
        Add-BhUserPublicKey $_ -Path "$TestDrive/$_.pub"
    }
}

Describe 'Get-BhUserPublicKey' {
    It 'lists the keys of all, by user' { (Get-BhUserPublicKey).User | Should -Be 'ana', 'bob' }

    It 'lists those of one user' { (Get-BhUserPublicKey bob).Comment | Should -Be 'bob' }

    It 'takes users from the pipeline' { (Get-BhUser | Get-BhUserPublicKey).KeyType | Should -Be 'ssh-ed25519', 'ssh-ed25519' }

    It 'finds whose a fingerprint is' {
        $fingerprint = (Get-BhUserPublicKey bob).Fingerprint
        (Get-BhUserPublicKey -Fingerprint $fingerprint).User | Should -Be 'bob'
        (Get-BhUserPublicKey -Fingerprint "$($fingerprint.Substring(0, 20))*").User | Should -Be 'bob'
        Get-BhUserPublicKey -Fingerprint 'SHA256:x' | Should -BeNullOrEmpty
    }

    It 'says when there is no such user' { { Get-BhUserPublicKey nobody -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*' }

    It 'completes fingerprints of the user on the line' {
        $line = 'Remove-BhUserPublicKey -User bob -Fingerprint '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -BeLike "*$((Get-BhUserPublicKey bob).Fingerprint)*"
    }
}
