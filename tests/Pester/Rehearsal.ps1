# What the specs share: a store of their own, and the rehearsal cloud as another process, as a user would start it.

function New-TestStore([string] $Folder) {
    Import-Module Bastion -ErrorAction Stop
    $path = [IO.Path]::Combine($Folder, 'store-' + [guid]::NewGuid().ToString('N').Substring(0, 8))
    Initialize-BhStore -Path $path -Confirm:$false | Out-Null
    $path
}

function Start-Rehearsal([string] $Folder, [switch] $Hosts) {
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $built = [IO.Directory]::GetFiles([IO.Path]::Combine($root, 'src', 'Bastion.Sandbox', 'bin'), 'bastion-sandbox.dll', 'AllDirectories')
    if (-not $built) { throw 'The rehearsal cloud is not built: dotnet build src/Bastion.Sandbox' }
    $newest = $built | Sort-Object { [IO.File]::GetLastWriteTimeUtc($_) } | Select-Object -Last 1
    $ready = [IO.Path]::Combine($Folder, 'ready-' + [guid]::NewGuid().ToString('N') + '.json')
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $start.ArgumentList.Add($newest)
    $start.ArgumentList.Add('--ready-file')
    $start.ArgumentList.Add($ready)
    if ($Hosts) { $start.ArgumentList.Add('--hosts') }
    $process = [Diagnostics.Process]::Start($start)
    $process.BeginOutputReadLine()
    $end = [datetime]::UtcNow.AddSeconds(90)
    while (-not [IO.File]::Exists($ready)) {
        if ($process.HasExited -or [datetime]::UtcNow -gt $end) { throw 'The rehearsal cloud did not start.' }
        Start-Sleep -Milliseconds 50
    }
    $about = [IO.File]::ReadAllText($ready) | ConvertFrom-Json
    $env:ALIBABA_CLOUD_ACCESS_KEY_ID = $about.management.accessKeyId
    $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = $about.management.accessKeySecret
    [pscustomobject]@{ Process = $process; Endpoint = $about.endpoint; About = $about }
}

function Stop-Rehearsal($Rehearsal) {
    if (-not $Rehearsal) { return }
    if (-not $Rehearsal.Process.HasExited) { $Rehearsal.Process.Kill($true) }
    $Rehearsal.Process.WaitForExit()
    $Rehearsal.Process.Dispose()
}

# Changes the world or sets faults: $Path as the rehearsal cloud's control names it.
function Invoke-Rehearsal($Rehearsal, [string] $Path, [string] $Json) {
    $client = [Net.Http.HttpClient]::new()
    try {
        $client.DefaultRequestHeaders.Add('x-sandbox-key', $Rehearsal.About.controlKey)
        $content = [Net.Http.StringContent]::new($Json, [Text.Encoding]::UTF8, 'application/json')
        $answer = $client.PostAsync($Rehearsal.Endpoint + '/_sandbox/' + $Path, $content).GetAwaiter().GetResult()
        if (-not $answer.IsSuccessStatusCode) { throw $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult() }
    }
    finally { $client.Dispose() }
}

# The rehearsal's host that stands for an asset, so that accounts on it can be made with its key.
function Get-RehearsalHost($Rehearsal, [string] $Name) {
    $Rehearsal.About.hosts | Where-Object { $_.name -eq $Name } | Select-Object -First 1
}

# A store with the rehearsal's assets imported, and ana, who may use the host's account on web-2 (of account 1000000000000003).
function New-RehearsalStore([string] $Folder, $Rehearsal) {
    $path = New-TestStore $Folder
    $null = Connect-BhCloud -FromEnvironment -Endpoint $Rehearsal.Endpoint
    Add-BhMemberAccount 1000000000000003, 1000000000000004
    $null = Import-BhAsset
    $target = Get-RehearsalHost $Rehearsal 'web-2'
    $null = New-BhAssetAccount web-2 $target.user -PrivateKeyPath $target.privateKeyPath
    $null = New-BhUser ana
    Grant-BhAssetAccount web-2 -User ana -Account $target.user
    $path
}
