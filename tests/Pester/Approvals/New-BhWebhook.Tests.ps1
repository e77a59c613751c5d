BeforeAll {
    . "$PSScriptRoot/Approvals.ps1"
    $null = New-ApprovalStore $TestDrive
    $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $probe.Start()
    $url = "http://127.0.0.1:$($probe.LocalEndpoint.Port)/"
    $probe.Stop()
    $listener = [Net.HttpListener]::new()
    $listener.Prefixes.Add($url)
    $listener.Start()

    function Receive-Hook {
        $context = $listener.GetContextAsync().GetAwaiter().GetResult()
        $body = [IO.StreamReader]::new($context.Request.InputStream).ReadToEnd()
        $signature = $context.Request.Headers['X-Bastion-Signature']
        $context.Response.Close()
        @{ Body = $body; Signature = $signature }
    }
}

AfterAll { $listener.Close() }

Describe 'New-BhWebhook' {
    It 'makes none under -WhatIf' {
        New-BhWebhook none $url -WhatIf
        Get-BhWebhook | Should -BeNullOrEmpty
    }

    It 'is told of requests, signed with the secret' {
        $webhook = New-BhWebhook tickets "${url}hooks/t0p-s3cret" -Secret (ConvertTo-SecureString 'key' -AsPlainText -Force)
        $webhook.Shape | Should -Be 'Json'
        $webhook.IsSigned | Should -BeTrue
        $request = Request-BhApproval web-1 -User ana -Reason 'change 4711'
        $hook = Receive-Hook
        $told = $hook.Body | ConvertFrom-Json
        $told.event | Should -Be 'approval.requested'
        $told.request.id | Should -Be $request.Id
        $told.request.reason | Should -Be 'change 4711'
        $hook.Signature -match '^t=(\d+),v1=([0-9a-f]{64})$' | Should -BeTrue
        $hash = [Security.Cryptography.HMACSHA256]::HashData([Text.Encoding]::UTF8.GetBytes('key'), [Text.Encoding]::UTF8.GetBytes("$($Matches[1]).$($hook.Body)"))
        $Matches[2] | Should -Be ([Convert]::ToHexString($hash).ToLowerInvariant())
    }

    It 'shows no more of the address than its host' { Get-BhWebhook tickets | Format-List * | Out-String | Should -Not -Match 's3cret' }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a name that is taken'; id = 'NameTaken'; name = 'TICKETS'; to = 'https://example.com/' }
        @{ what = 'an address in clear'; id = 'InvalidWebhookUrl'; name = 'x'; to = 'http://example.com/' }
        @{ what = 'what is no address'; id = 'InvalidWebhookUrl'; name = 'x'; to = 'nowhere' }
    ) { { New-BhWebhook $name $to -ErrorAction Stop } | Should -Throw -ErrorId "$id,*" }
}
