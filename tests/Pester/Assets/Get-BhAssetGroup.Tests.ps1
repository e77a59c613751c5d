BeforeAll {
    Import-Module Bastion
    $null = Initialize-BhStore "$TestDrive/store"
    'web-1', 'web-2', 'db' | ForEach-Object { $null = New-BhAsset $_ -OwnerAccountId shop -PrivateAddress 10.0.0.1 }
    $null = New-BhAssetGroup some -Member web-1, db
    $null = New-BhAssetGroup webs -AssetName web-*
    $null = New-BhAssetGroup empty
}

Describe 'Get-BhAssetGroup' {
    It 'lists all with the number of their assets' { (Get-BhAssetGroup | ForEach-Object { "$($_.Name) $($_.Assets)" }) -join ', ' | Should -Be 'empty 0, some 2, webs 2' }

    It 'takes wildcards' { (Get-BhAssetGroup *e*).Name | Should -Be 'empty', 'some', 'webs' }

    It 'takes names by pipeline' { ('webs', 'empty' | Get-BhAssetGroup).Name | Should -Be 'webs', 'empty' }

    It 'lists the groups of an asset' {
        (Get-BhAssetGroup -Asset web-1).Name | Should -Be 'some', 'webs'
        (Get-BhAssetGroup -Asset db).Name | Should -Be 'some'
    }

    It 'names the nearest when there is none' {
        { Get-BhAssetGroup wbes -ErrorAction Stop } | Should -Throw -ErrorId 'AssetGroupNotFound,*' -ExpectedMessage "*'webs'*"
    }

    It 'completes names' { (TabExpansion2 'Get-BhAssetGroup w' 18).CompletionMatches.CompletionText | Should -Be 'webs' }

    It 'shows the rule in its table' {
        Get-BhAssetGroup webs | Out-String | Should -Match 'webs\s+2\s+name web-\*'
        Get-BhAssetGroup some | Out-String | Should -Match 'some\s+2\s+\(by hand\)'
    }
}
