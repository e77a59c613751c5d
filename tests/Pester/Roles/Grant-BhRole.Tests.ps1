BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    1..2 | ForEach-Object { $null = New-BhAsset "web-$_" -OwnerAccountId "acc-$_" -PrivateAddress 10.0.0.1 }
    $null = New-BhProject payments -OwnerAccountId acc-1
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
    $null = New-BhUserGroup ops -Member bob
}

Describe 'Grant-BhRole' {
    It 'gives a role for a project' {
        $held = Grant-BhRole Administrator ana -Project payments -PassThru
        "$held" | Should -Be 'ana: Administrator for payments'
        $held.GrantedBy | Should -Be ([Environment]::UserName)
    }

    It 'gives several at once, to users and groups' { "$(Grant-BhRole Auditor, Approver -User ana -UserGroup ops -PassThru)" | Should -Be 'ana: Auditor for everything ana: Approver for everything ops (group): Auditor for everything ops (group): Approver for everything' }
    It 'takes users, groups and projects from the pipeline' {
        "$(Get-BhUser bob | Grant-BhRole Auditor -PassThru)" | Should -Be 'bob: Auditor for everything'
        "$(Get-BhUserGroup ops | Grant-BhRole Administrator -Project payments -PassThru)" | Should -Be 'ops (group): Administrator for payments'
        "$(Get-BhProject payments | Grant-BhRole Approver -User bob -PassThru)" | Should -Be 'bob: Approver for payments'
    }

    It 'gives nothing under -WhatIf' {
        Grant-BhRole Administrator bob -WhatIf
        (Get-BhRole Administrator -User bob).User | Should -BeNullOrEmpty
    }

    It 'says when nobody is named' { { Grant-BhRole Auditor -ErrorAction Stop } | Should -Throw -ErrorId 'RoleHolderMissing,*' }

    It 'gives nothing for everything when the project is not there' {
        { Grant-BhRole Administrator bob -Project paymnts -ErrorAction Stop } | Should -Throw -ErrorId 'ProjectNotFound,*'
        (Get-BhRole Administrator -User bob).User | Should -BeNullOrEmpty
    }

    It 'lets the administrator of a project give roles for it, and no others' {
        $store = (Get-BhStore).Path
        $null = Connect-BhStore $store -AsUser ana
        Grant-BhRole Operator bob -Project payments
        { Grant-BhRole Auditor bob -ErrorAction Stop } | Should -Throw -ErrorId 'NotAuthorized,*'
        { Grant-BhRole Administrator ana -ErrorAction Stop } | Should -Throw -ErrorId 'NotAuthorized,*'
        $null = Connect-BhStore $store
        (Get-BhAuditEvent role.granted | Select-Object -First 1).Caller | Should -Be "$([Environment]::UserName) (as ana)"
    }
}
