BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhAsset web-1 -OwnerAccountId shop -PrivateAddress 10.0.0.1
    'one', 'two', 'three' | ForEach-Object { $null = New-BhAssetGroup $_ -Member web-1 }
}

Describe 'Remove-BhAssetGroup' {
    It 'changes nothing under -WhatIf' {
        Get-BhAssetGroup | Remove-BhAssetGroup -WhatIf
        @(Get-BhAssetGroup).Count | Should -Be 3
    }

    It 'leaves the assets' {
        Remove-BhAssetGroup one -Confirm:$false
        (Get-BhAssetGroup).Name | Should -Be 'three', 'two'
        (Get-BhAsset).Name | Should -Be 'web-1'
    }

    It 'takes groups from the pipeline' {
        Get-BhAssetGroup two | Remove-BhAssetGroup -Confirm:$false
        (Get-BhAssetGroup).Name | Should -Be 'three'
    }

    It 'says when there is none' { { Remove-BhAssetGroup nothing -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'AssetGroupNotFound,*' }
}
