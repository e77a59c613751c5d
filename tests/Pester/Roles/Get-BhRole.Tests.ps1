BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhAsset web-1 -OwnerAccountId acc-1 -PrivateAddress 10.0.0.1
    $null = New-BhProject payments -OwnerAccountId acc-1
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
    $null = New-BhUserGroup ops -Member bob
    Grant-BhRole Auditor -UserGroup ops -Project payments
    Grant-BhRole Administrator ana
}

Describe 'Get-BhRole' {
    It 'lists all: every user is an operator' { (Get-BhRole | ForEach-Object { "$_" }) | Should -Be 'ana: Administrator for everything', 'ana: Operator for everything', 'bob: Operator for everything', 'ops (group): Auditor for payments' }
    It 'tells what a user holds through groups' { (Get-BhRole Auditor -User bob).UserGroup | Should -Be 'ops' }
    It 'tells who may do anything in a project' { @(Get-BhRole Auditor, Administrator -Project payments).Count | Should -Be 2 }
    It 'takes users from the pipeline' { (Get-BhUser ana | Get-BhRole).Role | Should -Be 'Administrator', 'Operator' }
    It 'names the nearest user when there is none' { { Get-BhRole -User anna -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*' }
}
