BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhAsset web-1 -OwnerAccountId 7 -PrivateAddress 10.0.0.1
    'root', 'ops', 'guest' | ForEach-Object { $null = New-BhAssetAccount web-1 $_ }
}

Describe 'Remove-BhAssetAccount' {
    It 'changes nothing under -WhatIf' {
        Get-BhAssetAccount | Remove-BhAssetAccount -WhatIf
        @(Get-BhAssetAccount).Count | Should -Be 3
    }

    It 'removes one, with the grants on it' {
        $null = New-BhUser ana
        Grant-BhAssetAccount web-1 -User ana -Account root, ops
        Remove-BhAssetAccount web-1 root -Confirm:$false
        (Get-BhAuthorizedAsset ana).Accounts | Should -Be 'ops'
    }

    It 'takes accounts from the pipeline' {
        Get-BhAssetAccount web-1 | Remove-BhAssetAccount -Confirm:$false
        Get-BhAssetAccount | Should -BeNullOrEmpty
    }

    It 'says when there is none' { { Remove-BhAssetAccount web-1 nobody -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'AssetAccountNotFound,*' }
}
