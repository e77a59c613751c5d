BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhUser ana
    $null = New-BhAsset web-1 -OwnerAccountId 1000000000000003 -PrivateAddress 10.0.0.1
    $null = New-BhAssetAccount web-1 root
    $null = New-BhControlPolicy office -Priority 7 -User ana -Asset web-1 -Account root -AllowProtocol SshShell -TimeWindow 'Mon-Fri 08:00-18:00 UTC' -Comment hours
    $null = New-BhControlPolicy open
}

Describe 'Export-BhControlPolicy' {
    It 'writes all policies by name' {
        $file = Export-BhControlPolicy "$TestDrive/all.yaml"
        $file.FullName | Should -Exist
        $yaml = [IO.File]::ReadAllText($file.FullName)
        foreach ($word in 'format: bastion-control-policies/1', 'name: office', 'name: open', '- ana', 'name: web-1', "owner: '1000000000000003'", '- root', 'Mon-Fri 08:00-18:00 UTC', 'comment: hours') { $yaml | Should -BeLike "*$word*" }
    }

    It 'writes those from the pipeline only, and none for an empty one' {
        [IO.File]::ReadAllText((Get-BhControlPolicy open | Export-BhControlPolicy "$TestDrive/one.yaml").FullName) | Should -Not -BeLike '*office*'
        [IO.File]::ReadAllText((Get-BhControlPolicy nothing* | Export-BhControlPolicy "$TestDrive/none.yaml").FullName) | Should -BeLike '*policies: `[`]*'
    }

    It 'replaces a file only with -Force' {
        { Export-BhControlPolicy "$TestDrive/all.yaml" -ErrorAction Stop } | Should -Throw -ErrorId 'ExportExists,*'
        (Export-BhControlPolicy "$TestDrive/all.yaml" -Force).Length | Should -BeGreaterThan 100
    }

    It 'writes nothing under -WhatIf' {
        Export-BhControlPolicy "$TestDrive/never.yaml" -WhatIf
        "$TestDrive/never.yaml" | Should -Not -Exist
    }

    It 'refuses a policy that is not there' { { Export-BhControlPolicy "$TestDrive/x.yaml" ofice -ErrorAction Stop } | Should -Throw -ErrorId 'PolicyNotFound,*' }
}
