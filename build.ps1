#!/usr/bin/env pwsh
# Thin on purpose: all real build logic is in MSBuild. Runs in pwsh 7.4 and later, and in bastion.
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pack', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$root = $PSScriptRoot
$common = '-nodeReuse:false', '--configuration', $Configuration

switch ($Task) {
    'Build' { dotnet build "$root/Bastion.slnx" @common }
    'Test' { dotnet test "$root/Bastion.slnx" @common }
    'Pack' { dotnet build "$root/src/Bastion.PowerShell/Bastion.PowerShell.csproj" -target:PackModule @common }
    'Clean' {
        dotnet clean "$root/Bastion.slnx" @common
        if ($LASTEXITCODE -eq 0 -and [IO.Directory]::Exists("$root/out")) { [IO.Directory]::Delete("$root/out", $true) }
    }
}

exit $LASTEXITCODE
