BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $rehearsal = Start-Rehearsal $TestDrive -Hosts
    $store = New-RehearsalStore $TestDrive $rehearsal
    $login = (Get-RehearsalHost $rehearsal 'web-2').user
    $null = New-BhAsset gone -OwnerAccountId 7 -PrivateAddress 127.0.0.1 -Port @{ SSH = 9 }
    $null = New-BhAssetAccount gone root -Password (ConvertTo-SecureString 'x' -AsPlainText -Force)
    $null = New-BhAssetAccount gone guest
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Test-BhAssetAccount' {
    It 'says that the credential signs in, and the account shows it' {
        $test = Test-BhAssetAccount web-2 $login
        $test.State | Should -Be 'Works'
        $test.Credential | Should -Be 'PrivateKey'
        $test.OwnerAccountId | Should -Be '1000000000000003'
        $account = Get-BhAssetAccount web-2 $login
        $account.SignIn | Should -Be 'Works'
        $account.TestedAt | Should -Be $test.TestedAt
    }

    It 'tests all accounts of an asset' {
        $tests = Test-BhAssetAccount gone | Sort-Object Name
        $tests.State | Should -Be 'NothingKept', 'Unreachable'
        $tests[1].Reason | Should -BeLike '*refused the connection*'
    }

    It 'takes accounts from the pipeline, many at the same time' {
        $tests = @(Get-BhAssetAccount | Test-BhAssetAccount -ThrottleLimit 2)
        $tests.Count | Should -Be 3
        ($tests | Where-Object State -eq Works).Asset | Should -Be 'web-2'
    }

    It 'loads the drivers of <_> from the module''s own folder' -ForEach 'MySQL', 'PostgreSQL' {
        $null = New-BhAsset "db-$_" -OwnerAccountId 7 -PrivateAddress 127.0.0.1 -DatabaseEngine $_ -Port @{ $_ = 9 }
        $null = New-BhAssetAccount "db-$_" app -Password (ConvertTo-SecureString 'x' -AsPlainText -Force)
        $test = Test-BhAssetAccount "db-$_"
        $test.State | Should -Be 'Unreachable'
        $test.Protocol | Should -Be $_
    }

    It 'forgets the outcome when the credential changes' {
        (Set-BhAssetAccount gone root -Password (ConvertTo-SecureString 'y' -AsPlainText -Force) -PassThru).SignIn | Should -BeNullOrEmpty
    }

    It 'names the nearest when there is none' { { Test-BhAssetAccount gone gest -ErrorAction Stop } | Should -Throw -ErrorId 'AssetAccountNotFound,*' -ExpectedMessage "*'guest'*" }
}
