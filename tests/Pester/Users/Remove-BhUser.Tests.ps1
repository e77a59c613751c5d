BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob', 'lee' | ForEach-Object { $null = New-BhUser $_ }
    $null = New-BhAsset web-1 -OwnerAccountId 1 -PrivateAddress 10.0.0.1
}

Describe 'Remove-BhUser' {
    It 'changes nothing under -WhatIf' {
        Get-BhUser | Remove-BhUser -WhatIf
        @(Get-BhUser).Count | Should -Be 3
    }

    It 'takes the grants along' {
        Grant-BhAssetAccount web-1 -User ana
        Remove-BhUser ana -Confirm:$false
        Get-BhAssetGrant | Should -BeNullOrEmpty
        (Get-BhAsset).Name | Should -Be 'web-1'
    }

    It 'takes users from the pipeline' {
        Get-BhUser bob | Remove-BhUser -Confirm:$false
        (Get-BhUser).Name | Should -Be 'lee'
    }

    It 'says when there is none' { { Remove-BhUser nobody -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*' }
}
