<#
.SYNOPSIS
Changes the secrets that are older than they may be, settles what was broken off, and tells what did not work.
.DESCRIPTION
For a schedule: docs/credentials.md has a systemd timer and a task for Task Scheduler. Ends with exit code 1 when an account failed.
.EXAMPLE
bastion examples/rotate-secrets.ps1 -OlderThanDays 30 -OwnerAccountId 1000000000000003
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $Store,
    [int] $OlderThanDays = 90,
    [string[]] $OwnerAccountId = @(),
    [int] $ThrottleLimit = 16
)
$ErrorActionPreference = 'Continue'
Import-Module Bastion
if ($Store) { $null = Connect-BhStore $Store }

$limit = [DateTimeOffset]::UtcNow.AddDays(-$OlderThanDays)
# An account that was never changed from here counts from when its secret was last set
$due = @(Get-BhAssetAccount -OwnerAccountId $OwnerAccountId | Where-Object {
        $_.Protocol -in 'SSH', 'MySQL', 'PostgreSQL' -and ($_.SecretChangeOpen -or
            (($_.HasPassword -or $_.HasPrivateKey) -and $(if ($_.SecretChangedAt) { $_.SecretChangedAt } else { $_.ChangedAt }) -lt $limit))
    })
if ($due.Count -eq 0) { 'Nothing is due.'; exit 0 }

$due | Update-BhAssetAccountSecret -ThrottleLimit $ThrottleLimit -ErrorVariable failed -ErrorAction SilentlyContinue
foreach ($problem in $failed) { "FAILED $($problem.TargetObject): $($problem.Exception.Message)" }
"$($due.Count - $failed.Count) of $($due.Count) done."
exit [int]($failed.Count -gt 0)
