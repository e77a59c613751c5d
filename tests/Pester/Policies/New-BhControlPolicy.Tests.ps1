BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
    'web-1', 'web-2' | ForEach-Object {
        $null = New-BhAsset $_ -OwnerAccountId shop -PrivateAddress 10.0.0.1
        $null = New-BhAssetAccount $_ root
    }
}

Describe 'New-BhControlPolicy' {
    It 'makes one for all that sets nothing' {
        $policy = New-BhControlPolicy plain
        $policy.Priority | Should -Be 1
        $policy.Enabled | Should -BeTrue
        $policy.Users | Should -Be '(all)'
        $policy.Assets | Should -Be '(all)'
    }

    It 'opens channels, hours and addresses' {
        $policy = New-BhControlPolicy office -Priority 10 -AllowProtocol SshShell, SshExec -TimeWindow 'Mon-Fri 08:00-18:00 Europe/Madrid' -AllowAddress 10.0.0.0/8, '2001:db8::/32' -DenyAddress 10.9.0.0/16 -Comment 'hours'
        $policy.Rules | Should -BeLike '*SshShell, SshExec*'
        $policy.Rules | Should -BeLike '*Mon-Fri 08:00-18:00 Europe/Madrid*'
        $policy.Rules | Should -BeLike '*10.0.0.0/8*'
    }

    It 'holds for some users, assets and accounts only' {
        $policy = New-BhControlPolicy few -User ana -Asset web-1, web-2 -Account root -AllowProtocol SshShell
        $policy.Users | Should -Be 'ana'
        $policy.Assets | Should -BeLike '*web-1*web-2*'
    }

    It 'allows and denies commands' {
        (New-BhControlPolicy commands -AllowCommand ls, 'systemctl status *' -DenyCommand /shadow/ -AllowOpaque).Rules | Should -Be 'only the commands ls, systemctl status *, not /shadow/, opaque ones allowed'
        (Get-BhControlPolicy commands).Rules | Should -BeLike '*systemctl status*'
    }

    It 'allows and denies SQL' {
        (New-BhControlPolicy sql -AllowStatement Select, Explain, Delete -DenyStatement delete -AllowTable 'app.*' -DenyTable app.salaries -AllowOpaqueStatement).Rules | Should -Be 'statements: only Select, Delete, Explain, not Delete, only the tables app.*, not the tables app.salaries, opaque ones allowed'
        (New-BhControlPolicy 'no drops' -DenyStatement Drop -DenyTable hr.salaries).Rules | Should -Be 'statements: not Drop, not the tables hr.salaries'
    }

    It 'asks for approval of sessions and of commands' {
        (New-BhControlPolicy approve -RequireApproval -ApproveCommand rm, 'kill -9 *' -Approver ANA, bob -ApproversNeeded 2).Rules | Should -Be 'sessions approved by 2 of ana, bob; the commands rm, kill -9 * approved by 2 of ana, bob'
        Remove-BhControlPolicy approve -Confirm:$false
    }

    It 'can say that no approval is needed' { (New-BhControlPolicy none -RequireApproval:$false -ApproveCommand @()).Rules | Should -Be 'no approval of sessions; no approval of commands' }

    It 'warns of an approval that nobody can give' {
        $null = New-BhUser old -ValidFrom (Get-Date).AddDays(1)
        $null = New-BhControlPolicy stuck -Disabled -RequireApproval -Approver old -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*stuck*nobody*'
    }

    It 'makes none under -WhatIf' {
        New-BhControlPolicy not -WhatIf
        Get-BhControlPolicy not* | Should -BeNullOrEmpty
    }

    It 'completes channels' { (TabExpansion2 'New-BhControlPolicy x -AllowProtocol SshS' 41).CompletionMatches.CompletionText | Should -Be 'SshShell' }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a name that is taken'; id = 'NameTaken'; name = 'OFFICE'; with = @{} }
        @{ what = 'a kind of statement that is none'; id = 'UnknownStatementKind'; name = 'x'; with = @{ DenyStatement = 'Dorp' } }
        @{ what = 'a table that is none'; id = 'InvalidTablePattern'; name = 'x'; with = @{ DenyTable = 'a..b' } }
        @{ what = 'a range that is none'; id = 'InvalidAddressRange'; name = 'x'; with = @{ AllowAddress = '10.0.0.0/33' } }
        @{ what = 'a range with bits behind its prefix'; id = 'InvalidAddressRange'; name = 'x'; with = @{ AllowAddress = '10.0.0.1/8' } }
        @{ what = 'hours that are none'; id = 'InvalidTimeWindow'; name = 'x'; with = @{ TimeWindow = 'Mon-Fri 25:00-26:00 UTC' } }
        @{ what = 'a zone that is none'; id = 'UnknownTimeZone'; name = 'x'; with = @{ TimeWindow = 'Mon-Fri 08:00-18:00 Mars/Olympus' } }
        @{ what = 'a channel that is none'; id = 'UnknownChannel'; name = 'x'; with = @{ AllowProtocol = 'Telnet' } }
        @{ what = 'a pattern that is none'; id = 'InvalidCommandPattern'; name = 'x'; with = @{ DenyCommand = '/(/' } }
        @{ what = 'approval by nobody'; id = 'EmptyRule'; name = 'x'; with = @{ RequireApproval = $true } }
        @{ what = 'approvers of nothing'; id = 'EmptyRule'; name = 'x'; with = @{ Approver = 'ana' } }
        @{ what = 'more approvers than there are'; id = 'InvalidApprovalTerms'; name = 'x'; with = @{ ApproveCommand = 'rm'; Approver = 'ana'; ApproversNeeded = 2 } }
        @{ what = 'an approver who is not there'; id = 'UserNotFound'; name = 'x'; with = @{ RequireApproval = $true; Approver = 'nobody' } }
        @{ what = 'a group of approvers that is not there'; id = 'UserGroupNotFound'; name = 'x'; with = @{ RequireApproval = $true; ApproverGroup = 'nobody' } }
        @{ what = 'an allow-list of no commands'; id = 'EmptyRule'; name = 'x'; with = @{ AllowCommand = @() } }
        @{ what = 'opaque commands without a list'; id = 'EmptyRule'; name = 'x'; with = @{ AllowOpaque = $true } }
        @{ what = 'a user that is not there'; id = 'UserNotFound'; name = 'x'; with = @{ User = 'nobody' } }
        @{ what = 'an asset that is not there'; id = 'AssetNotFound'; name = 'x'; with = @{ Asset = 'web-9' } }
    ) {
        $before = @(Get-BhControlPolicy).Count
        { New-BhControlPolicy $name @with -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
        @(Get-BhControlPolicy).Count | Should -Be $before
    }

    It 'refuses a priority beyond 100' { { New-BhControlPolicy x -Priority 101 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*' }
}

Describe 'New-BhControlPolicy with groups' {
    BeforeAll {
        Get-BhControlPolicy | Remove-BhControlPolicy -Confirm:$false
        $null = New-BhUserGroup ops -Member ana
        $null = New-BhAssetGroup webs -AssetName web-*
    }

    It 'holds for groups of users and assets, beside single ones' {
        $policy = New-BhControlPolicy grouped -User bob -UserGroup ops -AssetGroup webs -Account root -AllowProtocol SshShell
        $policy.Users | Should -Be 'ops (group), bob'
        $policy.Assets | Should -Be 'webs (group) (root)'
        $policy.Scope.UserGroups.Name | Should -Be 'ops'
        $policy.Scope.AssetGroups.Accounts | Should -Be 'root'
    }

    It 'decides for members, and no longer for who leaves' {
        $with = @{ Asset = 'web-1'; Account = 'root'; Channel = 'SftpUpload'; SourceAddress = '10.0.0.1' }
        $null = New-BhControlPolicy 'members only' -UserGroup ops -AllowProtocol SshShell
        (Test-BhControlPolicy -User ana @with).Allowed | Should -BeFalse
        Remove-BhUserGroupMember ops ana
        (Test-BhControlPolicy -User ana @with).Allowed | Should -BeTrue
    }

    It 'keeps a group that it covers from being removed' {
        { Remove-BhUserGroup ops -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'GroupInUse,*' -ExpectedMessage '*grouped*'
        { Remove-BhAssetGroup webs -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'GroupInUse,*'
        (Get-BhUserGroup ops).Name | Should -Be 'ops'
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'an empty search for groups'; id = 'EmptyScope'; with = @{ UserGroup = @() } }
        @{ what = 'a group of users that is not there'; id = 'UserGroupNotFound'; with = @{ UserGroup = 'nothing' } }
        @{ what = 'a group of assets that is not there'; id = 'AssetGroupNotFound'; with = @{ AssetGroup = 'nothing' } }
    ) {
        $before = @(Get-BhControlPolicy).Count
        { New-BhControlPolicy x @with -ErrorAction Stop } | Should -Throw -ErrorId "$id,*"
        @(Get-BhControlPolicy).Count | Should -Be $before
    }
}
