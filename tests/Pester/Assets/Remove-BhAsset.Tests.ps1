BeforeAll {
    Import-Module Bastion
    $store = (Initialize-BhStore "$TestDrive/store").Path
    1..4 | ForEach-Object { $null = New-BhAsset "web-$_" -OwnerAccountId 1 -PrivateAddress "10.0.0.$_" }
}

Describe 'Remove-BhAsset' {
    It 'changes nothing under -WhatIf' {
        Get-BhAsset | Remove-BhAsset -WhatIf
        @(Get-BhAsset).Count | Should -Be 4
    }

    It 'takes accounts, secrets and grants along' {
        $null = New-BhAssetAccount web-1 root -Password (ConvertTo-SecureString 'x' -AsPlainText -Force)
        $null = New-BhUser ana
        Grant-BhAssetAccount web-1 -User ana -Account root
        Remove-BhAsset web-1 -Confirm:$false
        Get-BhAssetAccount | Should -BeNullOrEmpty
        Get-BhAssetGrant | Should -BeNullOrEmpty
    }

    It 'takes names and objects from the pipeline' {
        'web-2' | Remove-BhAsset -Confirm:$false
        Get-BhAsset web-3 | Remove-BhAsset -Confirm:$false
        (Get-BhAsset).Name | Should -Be 'web-4'
    }

    It 'says when there is none, and goes on' {
        Remove-BhAsset nobody, web-4 -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'AssetNotFound,*'
        Get-BhAsset | Should -BeNullOrEmpty
    }
}
