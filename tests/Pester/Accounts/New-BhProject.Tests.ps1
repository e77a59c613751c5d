BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    1..3 | ForEach-Object { $null = New-BhAsset "web-$_" -OwnerAccountId "acc-$_" -PrivateAddress 10.0.0.1 }
}

Describe 'New-BhProject' {
    It 'makes one with accounts' {
        $project = New-BhProject payments acc-1 -Comment 'business unit'
        $project.Name | Should -Be 'payments'
        $project.Accounts | Should -Be 'acc-1'
        $project.Comment | Should -Be 'business unit'
    }

    It 'makes none under -WhatIf' {
        New-BhProject not -WhatIf
        Get-BhProject not* | Should -BeNullOrEmpty
    }

    It 'completes accounts that are in no project' { (TabExpansion2 'New-BhProject x -OwnerAccountId acc' 35).CompletionMatches.CompletionText | Should -Be 'acc-2', 'acc-3' }

    It 'refuses <what>, and makes nothing' -ForEach @(
        @{ what = 'a name that is taken'; id = 'NameTaken'; name = 'PAYMENTS'; accounts = @() }
        @{ what = 'an account of another project'; id = 'AccountInProject'; name = 'x'; accounts = 'acc-2', 'acc-1' }
        @{ what = 'an account that is not there'; id = 'MemberAccountNotFound'; name = 'x'; accounts = 'acc-9' }
    ) {
        { New-BhProject $name -OwnerAccountId $accounts -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
        (Get-BhProject).Name | Should -Be 'payments'
    }
}
