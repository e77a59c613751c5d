# Our side of the session bench, as a user would run it: a store of its own, the bench's host in it, and Enter-BhSession.
$ErrorActionPreference = 'Stop'
$folder = Join-Path ([IO.Path]::GetTempPath()) "bastion-bench-$PID"
try {
    $null = Initialize-BhStore $folder
    $null = New-BhAsset bench -OwnerAccountId bench -PrivateAddress $env:BENCH_HOST -Port @{ SSH = [int]$env:BENCH_PORT }
    $null = New-BhAssetAccount bench $env:BENCH_USER -PrivateKeyPath $env:BENCH_KEY
    $null = New-BhUser bench
    Grant-BhAssetAccount bench -User bench -Account $env:BENCH_USER
    Enter-BhSession bench -User bench
}
finally { Remove-Item $folder -Recurse -Force -ErrorAction SilentlyContinue }
