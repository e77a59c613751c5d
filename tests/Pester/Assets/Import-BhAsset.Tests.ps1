BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $null = New-TestStore $TestDrive
    $rehearsal = Start-Rehearsal $TestDrive
    $null = Connect-BhCloud -FromEnvironment -Endpoint $rehearsal.Endpoint
    Get-BhMemberAccount -Available | Where-Object Status -ne PromoteVerifying | Add-BhMemberAccount
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Import-BhAsset' {
    It 'imports nothing under -WhatIf' {
        Import-BhAsset -WhatIf
        Get-BhAsset | Should -BeNullOrEmpty
    }

    It 'brings hosts and databases of every account, each with its owner; one that fails is an error of its own' {
        $outcomes = Import-BhAsset -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CloudRoleNotFound,*'
        $problems[0].TargetObject | Should -Be '1000000000000006'
        ($outcomes | Measure-Object Added -Sum).Sum | Should -Be 14
        (Get-BhAsset | Group-Object OwnerAccountId | ForEach-Object { "$($_.Name)=$($_.Count)" }) -join ' ' |
            Should -Be '1000000000000002=2 1000000000000003=6 1000000000000004=3 1000000000000005=3'
        $orders = Get-BhAsset orders
        $orders.Kind | Should -Be 'Database'
        $orders.Engine | Should -Be 'MySQL'
        $orders.Ports['MySQL'] | Should -Be 3306
        $orders.OwnerAccountId | Should -Be '1000000000000003'
        (Get-BhAsset depot-desk).OperatingSystem | Should -Be 'Windows'
        (Get-BhAsset worker-1).State | Should -Be 'Stopped'
    }

    It 'keeps two machines of one name apart' {
        @(Get-BhAsset web-1*).Count | Should -Be 2
        (Get-BhAsset i-0000030000).OwnerAccountId | Should -Be '1000000000000003'
        (Get-BhAsset i-0000040000).OwnerAccountId | Should -Be '1000000000000004'
    }

    It 'changes nothing when nothing has changed' {
        $again = Import-BhAsset 1000000000000003
        $again.Unchanged | Should -Be 6
        $again.Added + $again.Updated + $again.Vanished | Should -Be 0
    }

    It 'follows the cloud, and keeps what was changed here' {
        Set-BhAsset web-2 -NewName shop-web -Comment 'mine'
        Invoke-Rehearsal $rehearsal 'instances/status' '{ "instanceId": "i-0000030001", "status": "Stopped" }'
        (Import-BhAsset 1000000000000003).Updated | Should -Be 1
        $asset = Get-BhAsset shop-web
        $asset.State | Should -Be 'Stopped'
        $asset.Comment | Should -Be 'mine'
    }

    It 'marks what vanished, only where it looked' {
        Invoke-Rehearsal $rehearsal 'instances/release' '{ "instanceId": "i-0000030002" }'
        (Import-BhAsset 1000000000000003 -Region ap-southeast-1).Vanished | Should -Be 0
        (Import-BhAsset 1000000000000003 -Kind Database).Vanished | Should -Be 0
        (Import-BhAsset 1000000000000003).Vanished | Should -Be 1
        (Get-BhAsset -State Vanished).Name | Should -Be 'worker-1'
    }

    It 'takes accounts from the pipeline' {
        (Get-BhMemberAccount acme-shop* | Import-BhAsset).OwnerAccountId | Sort-Object | Should -Be '1000000000000003', '1000000000000004'
    }

    It 'rides out throttling and faults of the server' {
        Invoke-Rehearsal $rehearsal 'faults' '{ "kind": "Throttle", "operation": "DescribeInstances", "times": 2, "retryAfterMs": 10 }'
        Invoke-Rehearsal $rehearsal 'faults' '{ "kind": "Error", "operation": "DescribeDBInstances", "times": 1 }'
        (Import-BhAsset 1000000000000005 -ErrorAction Stop).Hosts | Should -Be 2
    }

    It 'refuses an account that was not added' {
        { Import-BhAsset 42 -ErrorAction Stop } | Should -Throw -ErrorId 'MemberAccountNotFound,*'
    }

    It 'stops promptly on Ctrl-C, and keeps what was complete' {
        Invoke-Rehearsal $rehearsal 'latency' '{ "ms": 60000 }'
        try {
            $shell = [powershell]::Create().AddScript({ param($manifest, $store) Import-Module $manifest; $null = Connect-BhStore $store; Import-BhAsset })
            $run = $shell.AddArgument((Get-Module Bastion).Path).AddArgument((Get-BhStore).Path).BeginInvoke()
            $null = $run.AsyncWaitHandle.WaitOne(3000)
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            # Far below the 60 s that a call takes
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally { Invoke-Rehearsal $rehearsal 'latency' '{ "ms": 0 }' }
        @(Get-BhAsset).Count | Should -Be 14
    }
}
