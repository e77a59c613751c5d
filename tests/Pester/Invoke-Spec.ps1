<#
.SYNOPSIS
    Runs one spec file in Pester and writes down how many of its tests passed.
#>
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Pester,
    [Parameter(Mandatory)] [string] $ResultFile
)

Import-Module $Pester -ErrorAction Stop
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
$run = Invoke-Pester -Configuration $configuration

# A block or a file that broke before its tests could run is a failure too
$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
@{ passed = $run.PassedCount; failed = $failed; skipped = $run.SkippedCount + $run.NotRunCount } | ConvertTo-Json -Compress | Set-Content $ResultFile
exit [int]($failed -gt 0)
