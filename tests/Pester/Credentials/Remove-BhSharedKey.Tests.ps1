BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhAsset web-1 -OwnerAccountId 7 -PrivateAddress 10.0.0.1
    'fleet', 'spare', 'spare-2' | ForEach-Object { $null = New-BhSharedKey $_ }
    $null = New-BhAssetAccount web-1 root -SharedKey fleet
}

Describe 'Remove-BhSharedKey' {
    It 'changes nothing under -WhatIf' {
        Get-BhSharedKey | Remove-BhSharedKey -Force -WhatIf
        @(Get-BhSharedKey).Count | Should -Be 3
    }

    It 'removes those that nobody uses; one in use does not stop the others' {
        Get-BhSharedKey | Remove-BhSharedKey -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'SharedKeyInUse,*'
        $problems[0].Exception.Message | Should -BeLike '*root@web-1*'
        (Get-BhSharedKey).Name | Should -Be 'fleet'
    }

    It 'takes one from its accounts with -Force' {
        Remove-BhSharedKey fleet -Force -Confirm:$false
        Get-BhSharedKey | Should -BeNullOrEmpty
        (Get-BhAssetAccount web-1 root).Credential | Should -Be 'ask'
    }

    It 'says when there is none' { { Remove-BhSharedKey nobody -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'SharedKeyNotFound,*' }
}
