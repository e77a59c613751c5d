BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob', 'cid' | ForEach-Object { $null = New-BhUser $_ }
}

Describe 'Lock-BhUser' {
    It 'locks and says who did, and why' {
        $user = Lock-BhUser ana -Reason 'laptop lost' -PassThru
        $user.State | Should -Be 'Locked'
        "$($user.Lock)" | Should -BeLike 'by *: laptop lost'
        (Get-BhUser -State Locked).Name | Should -Be 'ana'
    }

    It 'locks for a time' { (Lock-BhUser bob -Until (Get-Date).AddHours(1) -PassThru).Lock.Until | Should -BeGreaterThan (Get-Date) }

    It 'takes users from the pipeline' {
        Get-BhUser | Lock-BhUser
        (Get-BhUser -State Locked).Name | Should -Be 'ana', 'bob', 'cid'
        (Get-BhUser a* -State Active, Locked).Name | Should -Be 'ana'
        Get-BhUser -State Active, LockedOut | Should -BeNullOrEmpty
        Get-BhUser | Unlock-BhUser
    }

    It 'warns where somebody looks for what a locked user reaches' {
        Lock-BhUser ana
        Get-BhAuthorizedAsset ana -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*is locked and reaches nothing*'
        Unlock-BhUser ana
    }

    It 'changes nothing under -WhatIf' {
        Lock-BhUser cid -WhatIf
        (Get-BhUser cid).State | Should -Be 'Active'
    }

    It 'refuses an end that has passed' { { Lock-BhUser cid -Until (Get-Date).AddMinutes(-1) -ErrorAction Stop } | Should -Throw -ErrorId 'LockEndsInPast,*' }

    It 'says when there is none' { { Lock-BhUser nobody -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*' }
}
