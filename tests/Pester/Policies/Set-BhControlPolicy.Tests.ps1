BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
    $null = New-BhControlPolicy office -User ana -AllowProtocol SshShell -TimeWindow 'Mon-Fri 08:00-18:00 UTC'
}

Describe 'Set-BhControlPolicy' {
    It 'sets one section and leaves the others' {
        $policy = Set-BhControlPolicy office -TimeWindow 'Mon-Sat 07:00-19:00 UTC' -PassThru
        $policy.Rules | Should -BeLike '*SshShell*'
        $policy.Rules | Should -BeLike '*Mon-Sat 07:00-19:00 UTC*'
    }

    It 'clears a section' { (Set-BhControlPolicy office -Clear TimeWindow -PassThru).Rules | Should -Be 'SshShell' }

    It 'sets one list of commands and leaves the other' {
        $null = Set-BhControlPolicy office -AllowCommand ls, rm
        (Set-BhControlPolicy office -DenyCommand rm -PassThru).Rules | Should -BeLike '*only the commands ls, rm, not rm'
        (Set-BhControlPolicy office -AllowOpaque -PassThru).Rules | Should -BeLike '*opaque ones allowed'
        (Set-BhControlPolicy office -Clear CommandControl -PassThru).Rules | Should -Be 'SshShell'
    }

    It 'adds and removes users' {
        (Set-BhControlPolicy office -AddUser bob -PassThru).Users | Should -BeLike '*ana*bob*'
        (Set-BhControlPolicy office -RemoveUser ana -PassThru).Users | Should -Be 'bob'
        (Set-BhControlPolicy office -AllUsers -PassThru).Users | Should -Be '(all)'
    }

    It 'takes policies from the pipeline' { (Get-BhControlPolicy | Set-BhControlPolicy -Priority 7 -PassThru).Priority | Should -Be 7 }

    It 'changes nothing under -WhatIf' {
        Set-BhControlPolicy office -NewName home -WhatIf
        (Get-BhControlPolicy).Name | Should -Be 'office'
    }

    It 'changes nothing when a value is bad' {
        { Set-BhControlPolicy office -Priority 3 -AllowAddress nonsense -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidAddressRange,*'
        (Get-BhControlPolicy office).Priority | Should -Be 7
    }
}
