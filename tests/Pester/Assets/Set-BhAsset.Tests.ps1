BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $null = New-TestStore $TestDrive
    $rehearsal = Start-Rehearsal $TestDrive
    $null = Connect-BhCloud -FromEnvironment -Endpoint $rehearsal.Endpoint
    Add-BhMemberAccount 1000000000000003
    $null = Import-BhAsset
    $null = New-BhAsset mine -OwnerAccountId 1 -PrivateAddress 10.0.0.1 -PublicAddress 203.0.113.1
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Set-BhAsset' {
    It 'changes what is given and leaves the rest' {
        $changed = Set-BhAsset mine -Comment 'a host' -Port @{ SSH = 2222 } -PassThru
        $changed.Comment | Should -Be 'a host'
        $changed.Protocols | Should -Be 'SSH:2222'
        $changed.PrivateAddress | Should -Be '10.0.0.1'
    }

    It 'takes a value away with an empty one' { (Set-BhAsset mine -Comment '' -PassThru).Comment | Should -BeNullOrEmpty }

    It 'is silent without -PassThru' { Set-BhAsset mine -AddressType Public | Should -BeNullOrEmpty }

    It 'takes assets from the pipeline' {
        Get-BhAsset -OwnerAccountId 1000000000000003 -Kind Host | Where-Object PublicAddress | Set-BhAsset -AddressType Public -PassThru | ForEach-Object Address |
            Should -BeLike '203.0.113.*'
    }

    It 'changes nothing under -WhatIf' {
        Set-BhAsset mine -NewName yours -WhatIf
        (Get-BhAsset mine).Name | Should -Be 'mine'
    }

    It 'refuses to change what the cloud tells' {
        { Set-BhAsset web-2 -PrivateAddress 10.9.9.9 -ErrorAction Stop } | Should -Throw -ErrorId 'AssetFromCloud,*'
    }

    It 'refuses a name that is taken' {
        { Set-BhAsset mine -NewName web-2 -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken,*'
    }

    It 'says when there is none' { { Set-BhAsset nobody -Comment x -ErrorAction Stop } | Should -Throw -ErrorId 'AssetNotFound,*' }
}
