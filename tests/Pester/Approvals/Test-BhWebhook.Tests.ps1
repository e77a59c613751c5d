BeforeAll {
    . "$PSScriptRoot/Approvals.ps1"
    $null = New-ApprovalStore $TestDrive
    $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $probe.Start()
    $url = "http://127.0.0.1:$($probe.LocalEndpoint.Port)/"
    $probe.Stop()
    $null = New-BhWebhook team $url -Shape Slack
}

Describe 'Test-BhWebhook' {
    It 'tells that nothing answers' {
        $test = Test-BhWebhook team
        $test.Delivered | Should -BeFalse
        $test.Error | Should -Not -BeNullOrEmpty
        (Get-BhWebhook team).LastError | Should -Be $test.Error
    }

    It 'tells that it was delivered' {
        $listener = [Net.HttpListener]::new()
        $listener.Prefixes.Add($url)
        $listener.Start()
        try {
            $next = $listener.GetContextAsync()
            $shell = [powershell]::Create().AddScript({ param($manifest, $store) Import-Module $manifest; $null = Connect-BhStore $store; Get-BhWebhook | Test-BhWebhook })
            $run = $shell.AddArgument((Get-Module Bastion).Path).AddArgument("$TestDrive/store").BeginInvoke()
            $context = $next.GetAwaiter().GetResult()
            [IO.StreamReader]::new($context.Request.InputStream).ReadToEnd() | Should -BeLike '{"text":"Bastion: a try of webhook*'
            $context.Response.Close()
            $test = $shell.EndInvoke($run)
            $test.Delivered, $test.Status | Should -Be $true, 200
        }
        finally { $listener.Close() }
        (Get-BhWebhook team).LastError | Should -BeNullOrEmpty
    }

    It 'completes names' { (TabExpansion2 'Test-BhWebhook ' 15).CompletionMatches.CompletionText | Should -Be 'team' }

    It 'says when there is none' { { Test-BhWebhook other -ErrorAction Stop } | Should -Throw -ErrorId 'WebhookNotFound,*' }
}
