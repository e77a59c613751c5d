BeforeAll {
    Import-Module Bastion
    . "$PSScriptRoot/Totp.ps1"
    $store = (Initialize-BhStore "$TestDrive/store").Path
    $password = [securestring]::new()
    foreach ($c in 'Blue kettle 42'.ToCharArray()) { $password.AppendChar($c) }
    $null = New-BhUser ana
    Set-BhUserPassword ana $password -MustChange $false
    $credential = [pscredential]::new('ana', $password)
    $made = Register-BhUserTotp ana
}

Describe 'Confirm-BhUserTotp' {
    It 'refuses a wrong code' { { Confirm-BhUserTotp ana nonsense -ErrorAction Stop } | Should -Throw -ErrorId 'TotpCodeWrong,*' }

    It 'changes nothing under -WhatIf' {
        Confirm-BhUserTotp ana (Get-TotpCode $made.Uri) -WhatIf
        (Get-BhUser ana).TotpSince | Should -BeNullOrEmpty
        (Connect-BhStore $store -Credential $credential).Path | Should -Be $store
        $null = Connect-BhStore $store
    }

    It 'puts the generator into use: signing in takes a code then, and each once' {
        (Confirm-BhUserTotp ana (Get-TotpCode $made.Uri) -PassThru).TotpSince | Should -Not -BeNullOrEmpty
        { Connect-BhStore $store -Credential $credential -ErrorAction Stop } | Should -Throw -ErrorId 'SignInFailed,*'
        # The next code, which is good half a minute early
        $code = Get-TotpCode $made.Uri -Later 1
        (Connect-BhStore $store -Credential $credential -TotpCode $code).Path | Should -Be $store
        { Connect-BhStore $store -Credential $credential -TotpCode $code -ErrorAction Stop } | Should -Throw -ErrorId 'SignInFailed,*'
        $null = Connect-BhStore $store
    }

    It 'says when none waits' { { Confirm-BhUserTotp ana 123456 -ErrorAction Stop } | Should -Throw -ErrorId 'TotpNotPending,*' }
}
