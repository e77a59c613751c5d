BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'corp', 'ad' | ForEach-Object { $null = New-BhDirectory $_ -Server "$_.example.org" -BaseDn 'dc=example,dc=org' }
}

Describe 'Get-BhDirectory' {
    It 'lists all, by name and by wildcard' {
        (Get-BhDirectory).Name | Should -Be 'ad', 'corp'
        (Get-BhDirectory c*).Server | Should -Be 'corp.example.org'
        (Get-BhDirectory AD).Name | Should -Be 'ad'
    }

    It 'names the nearest when there is none' { { Get-BhDirectory copr -ErrorAction Stop } | Should -Throw -ErrorId 'DirectoryNotFound,*' -ExpectedMessage "*'corp'*" }

    It 'completes names' { (TabExpansion2 'Get-BhDirectory c' 17).CompletionMatches.CompletionText | Should -Be 'corp' }
}
