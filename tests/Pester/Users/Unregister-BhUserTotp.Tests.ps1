BeforeAll {
    Import-Module Bastion
    . "$PSScriptRoot/Totp.ps1"
    $null = Initialize-BhStore "$TestDrive/store"
    'ana', 'bob' | ForEach-Object {
        $null = New-BhUser $_
        Confirm-BhUserTotp $_ (Get-TotpCode (Register-BhUserTotp $_).Uri)
    }
}

Describe 'Unregister-BhUserTotp' {
    It 'changes nothing under -WhatIf' {
        Get-BhUser | Unregister-BhUserTotp -WhatIf
        (Get-BhUser ana).TotpSince | Should -Not -BeNullOrEmpty
    }

    It 'takes a generator away' { (Unregister-BhUserTotp ana -Confirm:$false -PassThru).TotpSince | Should -BeNullOrEmpty }

    It 'takes users from the pipeline, with a generator or without' {
        Get-BhUser | Unregister-BhUserTotp -Confirm:$false
        (Get-BhUser | Where-Object TotpSince) | Should -BeNullOrEmpty
    }

    It 'says when there is none' { { Unregister-BhUserTotp nobody -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*' }
}
