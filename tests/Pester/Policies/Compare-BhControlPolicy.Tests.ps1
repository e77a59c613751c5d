BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhUser ana
    $null = New-BhControlPolicy office -Priority 7 -User ana -AllowProtocol SshShell -TimeWindow 'Mon-Fri 08:00-18:00 UTC'
    $null = New-BhControlPolicy open
    $null = Export-BhControlPolicy "$TestDrive/old.yaml"
}

Describe 'Compare-BhControlPolicy' {
    It 'says nothing when both are the same' {
        Compare-BhControlPolicy "$TestDrive/old.yaml" | Should -BeNullOrEmpty
        Compare-BhControlPolicy "$TestDrive/old.yaml" "$TestDrive/old.yaml" | Should -BeNullOrEmpty
    }

    It 'tells what was added, removed and changed, field by field' {
        $text = [IO.File]::ReadAllText("$TestDrive/old.yaml").Replace('name: open', 'name: other').Replace('priority: 7', 'priority: 8').Replace('08:00-18:00', '09:00-17:00')
        [IO.File]::WriteAllText("$TestDrive/new.yaml", $text)
        $differences = Compare-BhControlPolicy "$TestDrive/new.yaml"
        ($differences | ForEach-Object { "$($_.Kind) $($_.Policy) $($_.Field)".Trim() }) -join '; ' | Should -Be 'Changed office Priority; Changed office TimeWindow.windows; Removed open; Added other'
        $differences[0].Before | Should -Be '7'
        $differences[0].After | Should -Be '8'
        $differences[1].After | Should -Be 'Mon-Fri 09:00-17:00 UTC'
    }

    It 'compares two files' { (Compare-BhControlPolicy "$TestDrive/new.yaml" -ReferencePath "$TestDrive/old.yaml").Count | Should -Be 4 }

    It 'narrows by name' { (Compare-BhControlPolicy "$TestDrive/new.yaml" -Name o*e*).Policy | Sort-Object -Unique | Should -Be @('office', 'open', 'other') }

    It 'takes files from the pipeline' { ([IO.FileInfo]"$TestDrive/new.yaml" | Compare-BhControlPolicy -Name other).Kind | Should -Be 'Added' }

    It 'refuses a file that is none' {
        [IO.File]::WriteAllText("$TestDrive/none.yaml", 'x: 1')
        { Compare-BhControlPolicy "$TestDrive/none.yaml" -ErrorAction Stop } | Should -Throw -ErrorId 'PolicyFileInvalid,*'
        { Compare-BhControlPolicy "$TestDrive/missing.yaml" -ErrorAction Stop } | Should -Throw -ErrorId 'FileUnreadable,*'
    }
}
