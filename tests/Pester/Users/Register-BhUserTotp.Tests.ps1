BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhUser ana
}

Describe 'Register-BhUserTotp' {
    It 'changes nothing under -WhatIf' {
        Register-BhUserTotp ana -Path "$TestDrive/no.png" -WhatIf
        (Get-BhUser ana).TotpPendingSince | Should -BeNullOrEmpty
        Test-Path "$TestDrive/no.png" | Should -BeFalse
    }

    It 'makes a generator and writes its QR code, which a scanner reads' {
        $made = Register-BhUserTotp ana -Path "$TestDrive/ana.png" -Issuer 'Bastion EMEA'
        $made.Uri | Should -BeLike 'otpauth://totp/Bastion%20EMEA:ana?secret=*'
        zbarimg -q --raw "$TestDrive/ana.png" | Should -Be $made.Uri
        (Get-BhUser ana).TotpPendingSince | Should -Not -BeNullOrEmpty
    }

    It 'shows the QR code and what to do next' {
        $text = Register-BhUserTotp ana | Out-String
        $text | Should -BeLike "*Confirm-BhUserTotp 'ana' <code>*"
        $text | Should -Match '[█▀▄]{7}'
        $text | Should -BeLike '*otpauth://totp/Bastion:ana*'
    }

    It 'replaces a file only with -Force' {
        { Register-BhUserTotp ana -Path "$TestDrive/ana.png" -ErrorAction Stop } | Should -Throw -ErrorId 'ExportExists,*'
        $made = Register-BhUserTotp ana -Path "$TestDrive/ana.png" -Force
        zbarimg -q --raw "$TestDrive/ana.png" | Should -Be $made.Uri
    }

    It 'refuses another picture' { { Register-BhUserTotp ana -Path "$TestDrive/ana.gif" -ErrorAction Stop } | Should -Throw -ErrorId 'TotpPictureFormat,*' }

    It 'says when there is none' { { Register-BhUserTotp nobody -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*' }
}
