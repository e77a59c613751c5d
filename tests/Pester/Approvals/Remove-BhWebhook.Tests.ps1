BeforeAll {
    . "$PSScriptRoot/Approvals.ps1"
    $null = New-ApprovalStore $TestDrive
    'tickets', 'team' | ForEach-Object { $null = New-BhWebhook $_ https://example.com/hooks }
}

Describe 'Remove-BhWebhook' {
    It 'removes nothing under -WhatIf' {
        Remove-BhWebhook tickets -WhatIf
        @(Get-BhWebhook).Count | Should -Be 2
    }

    It 'takes webhooks from the pipeline' {
        Get-BhWebhook ti* | Remove-BhWebhook -Confirm:$false
        (Get-BhWebhook).Name | Should -Be 'team'
    }

    It 'says when there is none' { { Remove-BhWebhook tickets -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'WebhookNotFound,*' }
}
