# What every cmdlet of the module does, without exception.
BeforeDiscovery {
    Import-Module Bastion
    $cmdlets = @((Get-Module Bastion).ExportedCmdlets.Values | ForEach-Object { @{ Name = $_.Name; Cmdlet = $_ } })
}

Describe '<Name>' -ForEach $cmdlets {
    BeforeAll {
        $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
        $parameters = @($Cmdlet.Parameters.Values | Where-Object Name -NotIn $common)
        $help = Get-Help $Name -Full
    }

    It 'has an approved verb and a singular noun with the prefix Bh' {
        $groups = 'Common', 'Communications', 'Data', 'Diagnostic', 'Lifecycle', 'Other', 'Security'
        $Cmdlet.Verb | Should -BeIn ($groups | ForEach-Object { ("Management.Automation.Verbs$_" -as [type]).GetFields().Name })
        $Cmdlet.Noun | Should -MatchExactly '^Bh[A-Z][A-Za-z]+$'
        $Cmdlet.Noun | Should -Not -Match '[^s]s$'
    }

    It 'asks before it changes anything' {
        $changes = 'Add', 'Approve', 'Confirm', 'Connect', 'Copy', 'Deny', 'Disable', 'Disconnect', 'Enable', 'Export', 'Grant', 'Import', 'Initialize', 'Invoke', 'Lock', 'New', 'Register', 'Remove', 'Revoke', 'Set', 'Start', 'Stop', 'Sync', 'Unlock', 'Unregister', 'Update'
        # Opens what is there, for this session only
        if ($Cmdlet.Verb -in $changes -and $Name -ne 'Connect-BhStore') { $Cmdlet.Parameters.Keys | Should -Contain 'WhatIf' }
    }

    It 'can be stopped' {
        $Cmdlet.ImplementingType.IsSubclassOf([Bastion.PowerShell.EngineCommand]) | Should -BeTrue
    }

    It 'says what it emits' {
        $Cmdlet.ImplementingType.GetCustomAttributes([Management.Automation.OutputTypeAttribute], $true).Count | Should -BeGreaterThan 0
    }

    It 'has help: a synopsis, a description, an example, and a word on every parameter' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.description | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterThan 0
        foreach ($example in $help.examples.example) { $example.code | Should -Match $Name }
        foreach ($parameter in $parameters) {
            $about = Get-Help $Name -Parameter $parameter.Name
            if ($parameter.Name -notin 'WhatIf', 'Confirm') { "$($about.description.Text)" | Should -Not -BeNullOrEmpty -Because "-$($parameter.Name) is explained" }
        }
    }

    It 'has examples that parse' {
        foreach ($example in $help.examples.example) {
            $problems = $null
            $null = [Management.Automation.Language.Parser]::ParseInput($example.code, [ref]$null, [ref]$problems)
            $problems | Should -BeNullOrEmpty -Because $example.code
        }
    }

    It 'completes every parameter that names something' {
        $names = 'Asset', 'Account', 'User', 'UserGroup', 'AssetGroup', 'Member', 'OwnerAccountId', 'Cloud', 'Id', 'SessionId', 'Policy', 'Protocol', 'AllowProtocol', 'Format'
        foreach ($parameter in $parameters | Where-Object { $_.Name -in $names -or ($_.Name -eq 'Name' -and $Cmdlet.Verb -ne 'New') }) {
            $type = $parameter.ParameterType
            if ($type.IsArray) { $type = $type.GetElementType() }
            $isEnum = $type.IsEnum
            $completes = @($parameter.Attributes | Where-Object { $_ -is [Management.Automation.ArgumentCompleterAttribute] -or $_ -is [Management.Automation.ValidateSetAttribute] })
            ($isEnum -or $completes.Count -gt 0) | Should -BeTrue -Because "$Name -$($parameter.Name) completes"
        }
    }

    It 'takes secrets only as SecureString or PSCredential' {
        foreach ($parameter in $parameters | Where-Object Name -Match 'Password$|Passphrase$|Secret$|Token$|^AccessKey$|^Credential$') {
            $parameter.ParameterType | Should -BeIn ([securestring], [pscredential])
        }
    }

    It 'has a spec' {
        $root = Split-Path $PSScriptRoot -Parent
        @([IO.Directory]::GetFiles($root, "$Name.Tests.ps1", 'AllDirectories')).Count | Should -Be 1
    }
}

Describe 'The manifest' {
    BeforeAll {
        $module = Get-Module Bastion
        $types = [Bastion.PowerShell.EngineCommand].Assembly.GetTypes() | Where-Object { -not $_.IsAbstract -and $_.IsSubclassOf([Management.Automation.Cmdlet]) }
        $there = @($types | ForEach-Object { $_.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)[0] } | ForEach-Object { "$($_.VerbName)-$($_.NounName)" } | Sort-Object)
    }

    It 'exports exactly the cmdlets that there are' {
        (@($module.ExportedCmdlets.Keys | Sort-Object) -join ', ') | Should -Be ($there -join ', ')
    }

    It 'exports nothing else' {
        $module.ExportedFunctions.Count | Should -Be 0
        $module.ExportedAliases.Count | Should -Be 0
        $module.ExportedVariables.Count | Should -Be 0
    }

    It 'has a view for every type that cmdlets emit' {
        $views = [IO.Directory]::GetFiles($module.ModuleBase, '*.format.ps1xml') | ForEach-Object { ([xml][IO.File]::ReadAllText($_)).SelectNodes('//ViewSelectedBy/TypeName').InnerText }
        foreach ($type in $types) {
            foreach ($emitted in $type.GetCustomAttributes([Management.Automation.OutputTypeAttribute], $true).Type.Type) {
                if ($emitted.Namespace -like 'Bastion*') { $views | Should -Contain $emitted.FullName }
            }
        }
    }
}
