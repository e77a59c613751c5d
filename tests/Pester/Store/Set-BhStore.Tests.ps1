BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
}

Describe 'Set-BhStore' {
    It 'turns trust on first use off and on' {
        (Set-BhStore -TrustHostKeyOnFirstUse $false -PassThru).TrustsHostKeyOnFirstUse | Should -BeFalse
        (Get-BhStore).TrustsHostKeyOnFirstUse | Should -BeFalse
        Set-BhStore -TrustHostKeyOnFirstUse $true
        (Get-BhStore).TrustsHostKeyOnFirstUse | Should -BeTrue
    }

    It 'changes nothing under -WhatIf' {
        Set-BhStore -TrustHostKeyOnFirstUse $false -WhatIf
        (Get-BhStore).TrustsHostKeyOnFirstUse | Should -BeTrue
    }
}
