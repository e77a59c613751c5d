<#
.SYNOPSIS
    From the accounts of an organisation to a recorded session and its audit export.
.DESCRIPTION
    An ordinary script over the Bastion module. `bastion quickstart` runs it against the rehearsal cloud; with your own
    credentials in the environment it runs against your organisation just as well (name an asset and an account then).
.PARAMETER Endpoint
    The rehearsal cloud. Leave it out for the real one.
.PARAMETER Folder
    Where the store and the exports go.
.PARAMETER PrivateKeyPath
    Private key for the account on the host.
.PARAMETER Account
    Account on the host.
#>
param(
    [uri] $Endpoint,
    [Parameter(Mandatory)] [string] $Folder,
    [Parameter(Mandatory)] [string] $PrivateKeyPath,
    [string] $Account = 'root',
    [string] $Asset = 'web-1',
    [string] $User = 'ana'
)
$ErrorActionPreference = 'Stop'

$step = 0
function Step([string] $Text) {
    $script:step++
    Write-Host ''
    Write-Host "$script:step. $Text" -ForegroundColor Cyan
}

Step 'A store: the bastion keeps its accounts, grants, policies, secrets and recordings in one folder'
Initialize-BhStore -Path (Join-Path $Folder 'store') | Out-Host

Step 'Connect the cloud with the credentials in the environment, and look who is in the organisation'
$connect = @{ FromEnvironment = $true }
if ($Endpoint) { $connect.Endpoint = $Endpoint }
Connect-BhCloud @connect | Out-Host
Get-BhMemberAccount -Available | Out-Host

Step 'Add the member accounts; one that has not joined yet is refused, the others are not held up'
Get-BhMemberAccount -Available | Add-BhMemberAccount -ErrorAction SilentlyContinue -ErrorVariable refused
foreach ($problem in $refused) { Write-Host "   not added: $problem" -ForegroundColor Yellow }

Step 'Import their hosts and databases; every asset carries its Owner Account ID'
Import-BhAsset -ErrorAction SilentlyContinue -ErrorVariable failed | Out-Host
foreach ($problem in $failed) { Write-Host "   not imported: $problem" -ForegroundColor Yellow }
Get-BhAsset | Out-Host

$owner = (Get-BhAsset $Asset).OwnerAccountId
Step "Only the assets of account $owner"
Get-BhAsset -OwnerAccountId $owner | Out-Host

Step "An account on $Asset, a user, a grant: $User may use $Account@$Asset"
New-BhAssetAccount $Asset $Account -PrivateKeyPath $PrivateKeyPath -Privileged | Out-Host
New-BhUser $User -DisplayName 'Ana Ruiz' | Out-Host
New-BhUser 'bob' -DisplayName 'Bob Lee' | Out-Host
Grant-BhAssetAccount $Asset -User $User -Account $Account -PassThru | Out-Host
Get-BhAuthorizedAsset $User -OwnerAccountId $owner | Out-Host

Step 'Two control policies: which channels are open, and from where and when'
New-BhControlPolicy 'shell and commands only' -Priority 10 -AllowProtocol SshShell, SshExec | Out-Host
New-BhControlPolicy 'from this machine, any day' -Priority 20 -Asset $Asset -User $User -TimeWindow 'Mon-Sun 00:00-24:00 UTC' -AllowAddress '127.0.0.0/8', '::1' | Out-Host

Step 'One command, recorded; the result is an object'
Invoke-BhCommand $Asset 'uname -s; id -un; echo done' -Account $Account -User $User | Out-Host

Step 'An interactive session, recorded; here the script types, at a prompt you would'
Enter-BhSession $Asset -Account $Account -User $User -InputLine 'echo "hello from $(hostname)"', 'ls -la / | head -5', 'exit 3' -PassThru | Out-Host

Step 'Nobody gets in without a grant, and is told why'
try { Invoke-BhCommand $Asset 'id' -Account $Account -User 'bob' }
catch { Write-Host "   denied: $_" -ForegroundColor Yellow }

Step 'A policy with a higher priority closes the door at once'
New-BhControlPolicy 'no shells for now' -Priority 1 -Asset $Asset -AllowProtocol SftpChannel | Out-Host
try { Enter-BhSession $Asset -Account $Account -User $User -InputLine 'id' }
catch { Write-Host "   denied: $_" -ForegroundColor Yellow }
Remove-BhControlPolicy 'no shells for now' -Confirm:$false

Step "Who reaches $Asset as $Account, and why; and why bob does not"
Test-BhAccess -User $User -Asset $Asset -Account $Account | Format-List User, Asset, Account, Allowed, Reason | Out-Host
Test-BhAccess -User 'bob' -Asset $Asset -Account $Account | Format-List User, Asset, Account, Allowed, Reason | Out-Host

Step 'A session that needs the yes of another: it is asked for, answered, used, and in the audit'
New-BhControlPolicy 'a colleague looks on' -Priority 5 -Asset $Asset -RequireApproval -Approver 'bob' -RequireReason | Out-Host
$request = Request-BhApproval $Asset -Account $Account -User $User -Channel SshExec -Reason 'look at the kernel'
try { Invoke-BhCommand $Asset 'uname -r' -Account $Account -User $User -NoWait -Reason 'look at the kernel' }
catch { Write-Host "   not yet: $_" -ForegroundColor Yellow }
$request | Approve-BhApproval -As 'bob' -Comment 'go ahead' -PassThru | Out-Host
Invoke-BhCommand $Asset 'uname -r' -Account $Account -User $User -NoWait -Reason 'look at the kernel' | Out-Host
Get-BhAuditEvent -Action 'approval.*' | Out-Host
Remove-BhControlPolicy 'a colleague looks on' -Confirm:$false

Step "The audit of account $owner, newest first"
Get-BhSessionAudit -OwnerAccountId $owner | Out-Host

Step 'What the interactive session showed, from its recording'
$shell = Get-BhSessionAudit -OwnerAccountId $owner | Where-Object { $_.Channel -eq 'SshShell' -and $_.State -eq 'Ended' }
Show-BhSessionReplay $shell.Id -AsText | Out-Host

Step 'Export the audit'
$csv = Export-BhSessionAudit (Join-Path $Folder 'sessions.csv') -OwnerAccountId $owner
$ndjson = Export-BhSessionAudit (Join-Path $Folder 'sessions.ndjson') -OwnerAccountId $owner
Get-Content $csv.FullName | Out-Host
Write-Host ''
Write-Host "Exports: $($csv.FullName)"
Write-Host "         $($ndjson.FullName)"
