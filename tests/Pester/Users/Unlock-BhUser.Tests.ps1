BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_; Lock-BhUser $_ }
}

Describe 'Unlock-BhUser' {
    It 'changes nothing under -WhatIf' {
        Unlock-BhUser ana -WhatIf
        (Get-BhUser ana).State | Should -Be 'Locked'
    }

    It 'unlocks' {
        $user = Unlock-BhUser ana -PassThru
        $user.State | Should -Be 'Active'
        $user.Lock | Should -BeNullOrEmpty
    }

    It 'takes users from the pipeline, locked or not' { (Get-BhUser | Unlock-BhUser -PassThru).State | Should -Be 'Active', 'Active' }

    It 'says when there is none' { { Unlock-BhUser nobody -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*' }
}
