BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhUser ana
    $null = New-BhControlPolicy office -Priority 7 -User ana -AllowProtocol SshShell -TimeWindow 'Mon-Fri 08:00-18:00 UTC' -AllowAddress 10.0.0.0/8 -Comment hours
}

Describe 'Copy-BhControlPolicy' {
    It 'copies priority, scope and every section under a new name' {
        $copy = Copy-BhControlPolicy office home
        $old = Get-BhControlPolicy office
        $copy.Id | Should -Not -Be $old.Id
        foreach ($same in 'Priority', 'Enabled', 'Comment', 'Users', 'Assets', 'Rules') { (Get-BhControlPolicy home).$same | Should -Be $old.$same }
    }

    It 'lets the copy wait' { (Copy-BhControlPolicy office later -Disabled).Enabled | Should -BeFalse }

    It 'takes policies from the pipeline, each with a name of its own' {
        (Get-BhControlPolicy office, home | Copy-BhControlPolicy -NewName { "$($_.Name) 2" }).Name | Should -Be @('office 2', 'home 2')
    }

    It 'copies nothing under -WhatIf' {
        Copy-BhControlPolicy office never -WhatIf
        Get-BhControlPolicy never* | Should -BeNullOrEmpty
    }

    It 'completes policies' { (TabExpansion2 'Copy-BhControlPolicy off' 24).CompletionMatches.CompletionText | Should -Contain 'office' }

    It 'refuses a name that is taken' { { Copy-BhControlPolicy office HOME -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken,*' }

    It 'names the nearest policy when there is none' {
        { Copy-BhControlPolicy ofice x -ErrorAction Stop } | Should -Throw -ErrorId 'PolicyNotFound,*'
    }
}
