BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    $null = New-BhControlPolicy late -Priority 50
    $null = New-BhControlPolicy first -Priority 1
    $null = New-BhControlPolicy newer -Priority 50
}

Describe 'Get-BhControlPolicy' {
    It 'lists them in the order in which they decide: by priority, then the newest first' { (Get-BhControlPolicy).Name | Should -Be 'first', 'newer', 'late' }

    It 'takes wildcards' { (Get-BhControlPolicy *e*).Name | Should -Be 'newer', 'late' }

    It 'names the nearest when there is none' {
        { Get-BhControlPolicy frist -ErrorAction Stop } | Should -Throw -ErrorId 'PolicyNotFound,*' -ExpectedMessage "*'first'*"
    }
}

Describe 'Get-BhControlPolicy with groups' {
    It 'shows the groups of its scope' {
        $null = New-BhUserGroup ops
        $null = New-BhAssetGroup webs
        $null = New-BhControlPolicy grouped -UserGroup ops -AssetGroup webs
        (Get-BhControlPolicy grouped).Users | Should -Be 'ops (group)'
        (Get-BhControlPolicy grouped).Assets | Should -Be 'webs (group)'
        Get-BhControlPolicy grouped | Out-String -Width 120 | Should -Match 'webs \(group\)'
    }
}
