BeforeAll {
    . "$PSScriptRoot/Approvals.ps1"
    $null = New-ApprovalStore $TestDrive
    'tickets', 'team' | ForEach-Object { $null = New-BhWebhook $_ 'https://example.com/hooks/t0p-s3cret' -Shape Slack }
}

Describe 'Get-BhWebhook' {
    It 'lists all by name' { (Get-BhWebhook).Name | Should -Be 'team', 'tickets' }

    It 'takes wildcards and the pipeline' {
        (Get-BhWebhook ti*).Host | Should -Be 'https://example.com'
        ('team' | Get-BhWebhook).Shape | Should -Be 'Slack'
    }

    It 'completes names' { (TabExpansion2 'Get-BhWebhook te' 16).CompletionMatches.CompletionText | Should -Be 'team' }

    It 'names the nearest when there is none' { { Get-BhWebhook ticket -ErrorAction Stop } | Should -Throw -ErrorId 'WebhookNotFound,*' -ExpectedMessage '*tickets*' }
}
