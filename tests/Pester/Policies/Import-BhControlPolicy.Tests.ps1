BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhUser ana
    $null = New-BhAsset web-1 -OwnerAccountId 1000000000000003 -PrivateAddress 10.0.0.1
    $null = New-BhAssetAccount web-1 root
    function Write-Policies([string] $Name, [string] $Text) {
        [IO.File]::WriteAllText("$TestDrive/$Name", "format: bastion-control-policies/1`npolicies:`n$Text")
        "$TestDrive/$Name"
    }
}

Describe 'Import-BhControlPolicy' {
    It 'shows under -WhatIf what would be made, changed and left, and does nothing' {
        $null = New-BhControlPolicy same
        $null = New-BhControlPolicy other -Priority 3
        $steps = Import-BhControlPolicy (Write-Policies what.yaml "- name: new`n- name: same`n- name: other`n  priority: 4`n") -WhatIf
        ($steps | ForEach-Object { "$($_.Policy) $($_.Action) $($_.Done)" }) -join '; ' | Should -Be 'new Create False; same Unchanged True; other Change False'
        $steps[2].Detail | Should -Be 'Priority 3 → 4'
        Get-BhControlPolicy new* | Should -BeNullOrEmpty
        (Get-BhControlPolicy other).Priority | Should -Be 3
    }

    It 'takes a file over, and once only' {
        $first = Import-BhControlPolicy "$TestDrive/what.yaml"
        $first.Done | Should -Not -Contain $false
        (Get-BhControlPolicy other).Priority | Should -Be 4
        (Import-BhControlPolicy "$TestDrive/what.yaml").Action | Sort-Object -Unique | Should -Be 'Unchanged'
    }

    It 'gives back what was exported' {
        $null = New-BhControlPolicy full -Priority 7 -User ana -Asset web-1 -Account root -AllowProtocol SshShell -TimeWindow 'Mon-Fri 08:00-18:00 UTC' -AllowAddress 10.0.0.0/8 -Comment "it's`nhere"
        $before = [IO.File]::ReadAllText((Export-BhControlPolicy "$TestDrive/full.yaml").FullName)
        Get-BhControlPolicy | Remove-BhControlPolicy -Confirm:$false
        $null = [IO.FileInfo]"$TestDrive/full.yaml" | Import-BhControlPolicy
        [IO.File]::ReadAllText((Export-BhControlPolicy "$TestDrive/again.yaml").FullName) | Should -BeExactly $before
    }

    It 'gives back rules for SQL that were exported' {
        $null = New-BhControlPolicy sql -Priority 8 -AllowStatement Select, Explain -DenyStatement Drop, Truncate -AllowTable 'app.*' -DenyTable hr.salaries, '*secret*' -AllowOpaqueStatement
        $rules = (Get-BhControlPolicy sql).Rules
        $before = [IO.File]::ReadAllText((Export-BhControlPolicy "$TestDrive/sql.yaml" sql).FullName)
        $before | Should -BeLike '*StatementControl*deny*Drop*denyTables*hr.salaries*'
        (Compare-BhControlPolicy "$TestDrive/sql.yaml" | Where-Object Policy -EQ sql) | Should -BeNullOrEmpty
        Remove-BhControlPolicy sql -Confirm:$false
        $null = Import-BhControlPolicy "$TestDrive/sql.yaml"
        (Get-BhControlPolicy sql).Rules | Should -Be $rules
        [IO.File]::ReadAllText((Export-BhControlPolicy "$TestDrive/sql-again.yaml" sql).FullName) | Should -BeExactly $before
        Remove-BhControlPolicy sql -Confirm:$false
    }

    It 'tells all errors with file, line and column, and changes nothing' {
        $path = Write-Policies bad.yaml "- name: good`n- name: bad`n  users: [nobody]`n  priority: 0`n"
        $problem = $null
        Import-BhControlPolicy $path -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PolicyFileInvalid,*'
        $problem[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        # What the form tells comes before what the store tells
        ($problem[0].Exception.Problems | ForEach-Object { "$($_.Line):$($_.Column)" }) -join ' ' | Should -Be '6:13'
        $problem[0].Exception.Message | Should -BeLike '*bad.yaml:6:13: a priority is a number from 1*'
        Get-BhControlPolicy good* | Should -BeNullOrEmpty
        $path = Write-Policies bad.yaml "- name: good`n- name: bad`n  users: [nobody]`n"
        { Import-BhControlPolicy $path -ErrorAction Stop } | Should -Throw '*bad.yaml:5:11: No user is called*' -ErrorId 'PolicyFileInvalid,*'
    }

    It 'goes on with the next file' {
        $good = Write-Policies good.yaml "- name: later`n"
        (Import-BhControlPolicy "$TestDrive/bad.yaml", $good -ErrorAction SilentlyContinue).Policy | Should -Be 'later'
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'anchors'; text = "- name: &a x`n- name: *a`n" }
        @{ what = 'tags'; text = "- name: !!str x`n" }
        @{ what = 'a key twice'; text = "- name: x`n  name: y`n" }
    ) { { Import-BhControlPolicy (Write-Policies hostile.yaml $text) -ErrorAction Stop } | Should -Throw -ErrorId 'PolicyFileInvalid,*' }

    It 'reads with a library of its own' {
        $yaml = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'YamlDotNet' }
        [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($yaml).Name | Should -Be 'Bastion'
    }
}
