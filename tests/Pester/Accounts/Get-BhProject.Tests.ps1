BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    1..3 | ForEach-Object { $null = New-BhAsset "web-$_" -OwnerAccountId "acc-$_" -PrivateAddress 10.0.0.1 }
    $null = New-BhProject payments -OwnerAccountId acc-1, acc-2
    $null = New-BhProject logistics -OwnerAccountId acc-3
}

Describe 'Get-BhProject' {
    It 'lists all by name' { (Get-BhProject).Name | Should -Be 'logistics', 'payments' }
    It 'takes wildcards' { (Get-BhProject pay*).Accounts | Should -Be 'acc-1', 'acc-2' }
    It 'finds the project of an account' { (Get-BhProject -OwnerAccountId acc-3).Name | Should -Be 'logistics' }
    It 'gives its accounts to what is filtered by owner' { (Get-BhProject payments | Get-BhAuditEvent asset.added).Subject | Sort-Object | Should -Be 'web-1', 'web-2' }
    It 'completes' { (TabExpansion2 'Get-BhProject pa' 16).CompletionMatches.CompletionText | Should -Be 'payments' }
    It 'names the nearest when there is none' { { Get-BhProject paymnts -ErrorAction Stop } | Should -Throw -ErrorId 'ProjectNotFound,*' -ExpectedMessage '*payments*' }
}
