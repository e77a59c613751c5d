<#
.SYNOPSIS
    What the module costs: its import beside other modules', and listing by owner in a store with 100,000 assets beside the bare query's floor.
.EXAMPLE
    dotnet run -c Release --project src/Bastion.Console -- bench/Module/module.ps1
#>
param([int] $Rounds = 7, [int] $Owners = 1000, [int] $AssetsEach = 100)
$ErrorActionPreference = 'Stop'

function Get-Median([double[]] $Value) { ($Value | Sort-Object)[[int][math]::Floor($Value.Count / 2)] }

$program = [Environment]::GetCommandLineArgs()[0]
$manifest = Join-Path (Get-Module Bastion).ModuleBase 'Bastion.psd1'
$peers = [ordered]@{
    'Bastion'                            = $manifest
    'Bastion, and its first cmdlet'      = $manifest
    'PSReadLine'                         = 'PSReadLine'
    'Microsoft.PowerShell.PSResourceGet' = 'Microsoft.PowerShell.PSResourceGet'
    'ThreadJob'                          = 'Microsoft.PowerShell.ThreadJob'
}
$first = Join-Path ([IO.Path]::GetTempPath()) "bastion-bench-$PID"
$null = Initialize-BhStore $first

# In turns, a fresh process each, so that all see the same machine
$times = @{}
foreach ($round in 1..$Rounds) {
    foreach ($name in $peers.Keys) {
        $then = if ($name -like '*first cmdlet') { "; `$env:BASTION_STORE = '$first'; `$null = Get-BhStore" }
        $ms = dotnet $program -NoModule -NonInteractive -c "(Measure-Command { Import-Module '$($peers[$name])' -Force$then }).TotalMilliseconds"
        $times[$name] += @([double]::Parse($ms, [cultureinfo]::InvariantCulture))
    }
}
$base = Get-Median $times['PSReadLine']
$peers.Keys | ForEach-Object { [pscustomobject]@{ Import = $_; 'median ms' = [math]::Round((Get-Median $times[$_])); 'to PSReadLine' = [math]::Round((Get-Median $times[$_]) / $base, 2) } } | Format-Table | Out-Host

# 100,000 assets, made as a user would
"Making a store with $($Owners * $AssetsEach) assets ..." | Out-Host
$lines = foreach ($o in 1..$Owners) { foreach ($a in 1..$AssetsEach) { [pscustomobject]@{ Name = "web-$o-$a"; OwnerAccountId = "owner-$o"; PrivateAddress = "10.$($o % 250).$($a % 250).1" } } }
$watch = [Diagnostics.Stopwatch]::StartNew()
$null = $lines | New-BhAsset
"  $([math]::Round($lines.Count / $watch.Elapsed.TotalSeconds)) New-BhAsset a second, each acknowledged on disk" | Out-Host

$one = Get-Random -Minimum 1 -Maximum $Owners
$null = Get-BhAsset -OwnerAccountId "owner-$one"
$results = [ordered]@{ 'one owner (100 assets)' = @(); 'first of one owner' = @(); 'by name' = @(); 'nothing found' = @(); 'all' = @() }
foreach ($round in 1..$Rounds) {
    $owner = "owner-$(Get-Random -Minimum 1 -Maximum $Owners)"
    $results['nothing found'] += (Measure-Command { Get-BhAsset -OwnerAccountId nobody }).TotalMilliseconds
    $results['one owner (100 assets)'] += (Measure-Command { Get-BhAsset -OwnerAccountId $owner }).TotalMilliseconds
    $results['first of one owner'] += (Measure-Command { Get-BhAsset -OwnerAccountId $owner | Select-Object -First 1 }).TotalMilliseconds
    $results['by name'] += (Measure-Command { Get-BhAsset "web-$(Get-Random -Minimum 1 -Maximum $Owners)-7" }).TotalMilliseconds
}
$results['all'] += (Measure-Command { Get-BhAsset }).TotalMilliseconds
$floor = Get-Median $results['nothing found']
$results.Keys | ForEach-Object { [pscustomobject]@{ Get = $_; 'median ms' = [math]::Round((Get-Median $results[$_]), 2); 'to nothing found' = [math]::Round((Get-Median $results[$_]) / $floor, 2) } } | Format-Table | Out-Host
$null = Connect-BhStore $first
Remove-Item $first -Recurse -Force -ErrorAction SilentlyContinue
