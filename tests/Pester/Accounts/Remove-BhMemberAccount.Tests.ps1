BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $null = New-TestStore $TestDrive
    $rehearsal = Start-Rehearsal $TestDrive
    $null = Connect-BhCloud -FromEnvironment -Endpoint $rehearsal.Endpoint
    Add-BhMemberAccount 1000000000000002, 1000000000000003
    $null = Import-BhAsset 1000000000000003
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Remove-BhMemberAccount' {
    It 'is refused while assets are here' {
        { Remove-BhMemberAccount 1000000000000003 -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'MemberAccountInUse,*' -ExpectedMessage '*-IncludeAsset*'
        @(Get-BhAsset -OwnerAccountId 1000000000000003).Count | Should -Be 6
    }

    It 'changes nothing under -WhatIf' {
        Remove-BhMemberAccount 1000000000000003 -IncludeAsset -WhatIf
        @(Get-BhAsset).Count | Should -Be 6
    }

    It 'takes the assets with it on request, and leaves other accounts alone' {
        $null = New-BhAsset mine -OwnerAccountId 1000000000000002 -PrivateAddress 10.0.0.1
        Remove-BhMemberAccount 1000000000000003 -IncludeAsset -Confirm:$false
        (Get-BhAsset).Name | Should -Be 'mine'
        (Get-BhMemberAccount).Id | Should -Be '1000000000000002'
    }

    It 'says when the account is not here' {
        { Remove-BhMemberAccount 1000000000000003 -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'MemberAccountNotFound,*'
    }
}
