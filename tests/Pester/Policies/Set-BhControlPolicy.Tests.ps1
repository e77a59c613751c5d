BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object { $null = New-BhUser $_ }
    $null = New-BhControlPolicy office -User ana -AllowProtocol SshShell -TimeWindow 'Mon-Fri 08:00-18:00 UTC'
}

Describe 'Set-BhControlPolicy' {
    It 'sets one section and leaves the others' {
        $policy = Set-BhControlPolicy office -TimeWindow 'Mon-Sat 07:00-19:00 UTC' -PassThru
        $policy.Rules | Should -BeLike '*SshShell*'
        $policy.Rules | Should -BeLike '*Mon-Sat 07:00-19:00 UTC*'
    }

    It 'clears a section' { (Set-BhControlPolicy office -Clear TimeWindow -PassThru).Rules | Should -Be 'SshShell' }

    It 'sets one list of commands and leaves the other' {
        $null = Set-BhControlPolicy office -AllowCommand ls, rm
        (Set-BhControlPolicy office -DenyCommand rm -PassThru).Rules | Should -BeLike '*only the commands ls, rm, not rm'
        (Set-BhControlPolicy office -AllowOpaque -PassThru).Rules | Should -BeLike '*opaque ones allowed'
        (Set-BhControlPolicy office -Clear CommandControl -PassThru).Rules | Should -Be 'SshShell'
    }

    It 'gives terms to the approval that is named, and to all that there are when none is' {
        (Set-BhControlPolicy office -RequireApproval -Approver bob -PassThru).Rules | Should -Be 'SshShell; sessions approved by bob'
        $terms = (Set-BhControlPolicy office -ApproveCommand rm -Approver ana -PassThru).RuleSet.Sections.Terms
        "$($terms.Approvers)" | Should -Be 'bob ana'
        $terms = (Set-BhControlPolicy office -ApprovalTimeout 5 -PassThru).RuleSet.Sections.Terms
        "$($terms.Timeout.TotalMinutes); $($terms.Approvers)" | Should -Be '5 5; bob ana'
        (Set-BhControlPolicy office -Clear SessionApproval, CommandApproval -PassThru).Rules | Should -Be 'SshShell'
    }

    It 'adds and removes users' {
        (Set-BhControlPolicy office -AddUser bob -PassThru).Users | Should -BeLike '*ana*bob*'
        (Set-BhControlPolicy office -RemoveUser ana -PassThru).Users | Should -Be 'bob'
        (Set-BhControlPolicy office -AllUsers -PassThru).Users | Should -Be '(all)'
    }

    It 'takes policies from the pipeline' { (Get-BhControlPolicy | Set-BhControlPolicy -Priority 7 -PassThru).Priority | Should -Be 7 }

    It 'changes nothing under -WhatIf' {
        Set-BhControlPolicy office -NewName home -WhatIf
        (Get-BhControlPolicy).Name | Should -Be 'office'
    }

    It 'changes nothing when a value is bad' {
        { Set-BhControlPolicy office -Priority 3 -AllowAddress nonsense -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidAddressRange,*'
        (Get-BhControlPolicy office).Priority | Should -Be 7
    }
}

Describe 'Set-BhControlPolicy with groups' {
    BeforeAll {
        'ops', 'dev' | ForEach-Object { $null = New-BhUserGroup $_ }
        'webs', 'labs' | ForEach-Object { $null = New-BhAssetGroup $_ }
        $null = New-BhControlPolicy groups -AllowProtocol SshShell
    }

    It 'covers just the groups and users that are given' { (Set-BhControlPolicy groups -UserGroup ops -User ana -PassThru).Users | Should -Be 'ops (group), ana' }

    It 'adds and removes groups of users' {
        (Set-BhControlPolicy groups -AddUserGroup dev -PassThru).Scope.UserGroups.Name | Sort-Object | Should -Be 'dev', 'ops'
        (Set-BhControlPolicy groups -RemoveUserGroup ops -RemoveUser ana -PassThru).Users | Should -Be 'dev (group)'
    }

    It 'adds and removes groups of assets' {
        (Set-BhControlPolicy groups -AssetGroup webs -PassThru).Assets | Should -Be 'webs (group)'
        (Set-BhControlPolicy groups -AddAssetGroup labs -PassThru).Scope.AssetGroups.Name | Sort-Object | Should -Be 'labs', 'webs'
        (Set-BhControlPolicy groups -RemoveAssetGroup webs -PassThru).Assets | Should -Be 'labs (group)'
    }

    It 'covers all again' {
        $policy = Set-BhControlPolicy groups -AllUsers -AllAssets -PassThru
        $policy.Users | Should -Be '(all)'
        $policy.Assets | Should -Be '(all)'
        Remove-BhUserGroup dev -Confirm:$false -ErrorAction Stop
    }

    It 'says when a group is not in the scope' {
        $null = Set-BhControlPolicy groups -UserGroup ops
        $null = New-BhUserGroup dev
        { Set-BhControlPolicy groups -RemoveUserGroup dev -ErrorAction Stop } | Should -Throw -ErrorId 'NotInScope,*'
    }
}
