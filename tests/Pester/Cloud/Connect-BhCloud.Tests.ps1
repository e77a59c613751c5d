BeforeAll {
    . "$PSScriptRoot/../Rehearsal.ps1"
    $store = New-TestStore $TestDrive
    $rehearsal = Start-Rehearsal $TestDrive
    $id = $env:ALIBABA_CLOUD_ACCESS_KEY_ID
    $secret = $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET
    function New-Key($user, $password) { [pscredential]::new($user, (ConvertTo-SecureString $password -AsPlainText -Force)) }
}

AfterAll { Stop-Rehearsal $rehearsal }

Describe 'Connect-BhCloud' {
    It 'connects with an access key and keeps it encrypted' {
        $cloud = Connect-BhCloud -AccessKey (New-Key $id $secret) -Endpoint $rehearsal.Endpoint
        $cloud.Name | Should -Be 'default'
        $cloud.CredentialSource | Should -Be 'Given'
        $cloud.AccountId | Should -Be '1000000000000001'
        $cloud.ManagementAccountId | Should -Be '1000000000000001'
        $cloud.DirectoryId | Should -Be 'rd-Acme01'
        foreach ($file in Get-ChildItem $store -File -Recurse) { [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($file)) | Should -Not -Match ([regex]::Escape($secret)) -Because $file.Name }
        ($cloud | Format-List * | Out-String) | Should -Not -Match ([regex]::Escape($secret))
        @(Get-BhMemberAccount -Available).Count | Should -BeGreaterThan 1
    }

    It 'connects with what the environment holds, and keeps nothing' {
        $cloud = Connect-BhCloud env -FromEnvironment -Endpoint $rehearsal.Endpoint
        $cloud.CredentialSource | Should -Be 'Environment'
        $cloud.AccessKeyId | Should -BeNullOrEmpty
        Disconnect-BhCloud env -Confirm:$false
    }

    It 'connects from a delegated administrator''s account' {
        $delegated = $rehearsal.About.delegated
        $cloud = Connect-BhCloud delegated -AccessKey (New-Key $delegated.accessKeyId $delegated.accessKeySecret) -Endpoint $rehearsal.Endpoint
        $cloud.AccountId | Should -Be '1000000000000002'
        $cloud.ManagementAccountId | Should -Be '1000000000000001'
        @(Get-BhMemberAccount -Available -Cloud delegated).Count | Should -Be @(Get-BhMemberAccount -Available -Cloud default).Count
        Disconnect-BhCloud delegated -Confirm:$false
    }

    It 'keeps nothing when the secret is wrong, and does not show it' {
        $problem = $null
        try { Connect-BhCloud wrong -AccessKey (New-Key $id 'not-the-secret-17') -Endpoint $rehearsal.Endpoint -ErrorAction Stop } catch { $problem = $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CloudCredentialsRejected,*'
        $problem.CategoryInfo.Category | Should -Be 'AuthenticationError'
        ($problem | Format-List * -Force | Out-String) | Should -Not -Match 'not-the-secret-17'
        { Get-BhCloud wrong -ErrorAction Stop } | Should -Throw -ErrorId 'CloudConnectionNotFound,*'
    }

    It 'says that nothing answers' {
        { Connect-BhCloud nowhere -FromEnvironment -Endpoint 'http://127.0.0.1:9' -ErrorAction Stop } | Should -Throw -ErrorId 'CloudUnreachable,*'
    }

    It 'refuses plain http to another machine' {
        { Connect-BhCloud nowhere -FromEnvironment -Endpoint 'http://192.0.2.1' -ErrorAction Stop } | Should -Throw -ErrorId 'CloudEndpoint*'
    }

    It 'makes nothing under -WhatIf' {
        Connect-BhCloud later -FromEnvironment -Endpoint $rehearsal.Endpoint -WhatIf
        { Get-BhCloud later -ErrorAction Stop } | Should -Throw -ErrorId 'CloudConnectionNotFound,*'
    }
}
