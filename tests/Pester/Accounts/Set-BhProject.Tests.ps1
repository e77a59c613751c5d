BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    1..3 | ForEach-Object { $null = New-BhAsset "web-$_" -OwnerAccountId "acc-$_" -PrivateAddress 10.0.0.1 }
    $null = New-BhProject payments -OwnerAccountId acc-1, acc-2
}

Describe 'Set-BhProject' {
    It 'puts accounts in and takes them out' { (Set-BhProject payments -AddAccount acc-3 -RemoveAccount acc-1 -PassThru).Accounts | Should -Be 'acc-2', 'acc-3' }

    It 'changes name and comment, of an object too' {
        (Get-BhProject payments | Set-BhProject -NewName pay -Comment new -PassThru).Comment | Should -Be 'new'
        (Set-BhProject pay -NewName payments -Comment '' -PassThru).Comment | Should -BeNullOrEmpty
    }

    It 'tells the audit what was before and after' {
        $told = Get-BhAuditEvent project.changed | Select-Object -Last 1
        $told.Before | Should -Be '{"Accounts":["acc-1","acc-2"]}'
        $told.After | Should -Be '{"Accounts":["acc-2","acc-3"]}'
    }

    It 'changes nothing under -WhatIf' {
        Set-BhProject payments -RemoveAccount acc-2 -WhatIf
        (Get-BhProject payments).Accounts | Should -Contain 'acc-2'
    }

    It 'completes the accounts that it has' { (TabExpansion2 'Set-BhProject payments -RemoveAccount acc' 41).CompletionMatches.CompletionText | Should -Be 'acc-2', 'acc-3' }
    It 'refuses to take out what is not in it' { { Set-BhProject payments -RemoveAccount acc-1 -ErrorAction Stop } | Should -Throw -ErrorId 'AccountNotInProject,*' }
}
