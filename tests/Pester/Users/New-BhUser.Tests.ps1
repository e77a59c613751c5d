BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
}

Describe 'New-BhUser' {
    It 'makes a user' {
        $user = New-BhUser ana -DisplayName 'Ana Ruiz' -Email ana@example.com -Comment 'shop'
        $user.Name | Should -Be 'ana'
        $user.DisplayName | Should -Be 'Ana Ruiz'
        $user.State | Should -Be 'Active'
    }

    It 'makes one for a time only' {
        (New-BhUser lee -ValidFrom (Get-Date).AddDays(1) -ValidUntil (Get-Date).AddDays(2)).State | Should -Be 'NotYetValid'
    }

    It 'makes many from objects' {
        ([pscustomobject]@{ Name = 'a'; DisplayName = 'A' }, [pscustomobject]@{ Name = 'b'; DisplayName = 'B' } | New-BhUser).DisplayName | Should -Be 'A', 'B'
    }

    It 'makes none under -WhatIf' {
        New-BhUser not -WhatIf
        Get-BhUser not* | Should -BeNullOrEmpty
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a name that is taken'; id = 'NameTaken'; name = 'ANA'; with = @{} }
        @{ what = 'a look-alike'; id = 'NameTaken'; name = "$([char]0x430)na"; with = @{} }
        @{ what = 'a period that ends before it begins'; id = 'InvalidValidity'; name = 'x'; with = @{ ValidFrom = '2027-02-01'; ValidUntil = '2027-01-01' } }
        @{ what = 'an address that is none'; id = 'InvalidEmail'; name = 'x'; with = @{ Email = 'nobody' } }
    ) {
        $before = @(Get-BhUser).Count
        { New-BhUser $name @with -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
        @(Get-BhUser).Count | Should -Be $before
    }
}
