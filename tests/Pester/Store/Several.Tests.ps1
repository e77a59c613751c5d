# One store, several processes; and a disk that takes nothing.
BeforeAll {
    Import-Module Bastion
    $store = (Initialize-BhStore "$TestDrive/store").Path
}

Describe 'A store that several processes use at once' {
    It 'loses nothing and mixes nothing up' {
        $jobs = 1..4 | ForEach-Object {
            Start-ThreadJob -ThrottleLimit 4 {
                param($console, $store, $number)
                dotnet $console -NonInteractive -c "`$ErrorActionPreference = 'Stop'; `$null = Connect-BhStore '$store'; 1..25 | ForEach-Object { `$null = New-BhUser `"p$number-u`$_`"; `$null = New-BhAsset `"p$number-a`$_`" -OwnerAccountId shop -PrivateAddress 10.0.0.1; Grant-BhAssetAccount `"p$number-a`$_`" -User `"p$number-u`$_`" }" 2>&1
                if ($LASTEXITCODE) { throw "process $number failed" }
            } -ArgumentList $env:BASTION_CONSOLE, $store, $_
        }
        $jobs | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop | Should -BeNullOrEmpty
        @(Get-BhUser).Count | Should -Be 100
        @(Get-BhAsset).Count | Should -Be 100
        @(Get-BhAssetGrant | Where-Object { $_.User.Replace('-u', '-a') -eq $_.Asset }).Count | Should -Be 100
    }

    It 'lets only one of two make the same name' {
        $jobs = 1..2 | ForEach-Object {
            Start-ThreadJob -ThrottleLimit 4 { param($console, $store) dotnet $console -NonInteractive -c "`$null = Connect-BhStore '$store'; New-BhUser twin -ErrorAction SilentlyContinue -ErrorVariable e | Out-Null; `$e.FullyQualifiedErrorId" } -ArgumentList $env:BASTION_CONSOLE, $store
        }
        $said = @($jobs | Receive-Job -Wait -AutoRemoveJob | Where-Object { $_ })
        @(Get-BhUser twin).Count | Should -Be 1
        $said.Count | Should -Be 1
        $said[0] | Should -BeLike 'NameTaken,*'
    }
}

Describe 'A store on a disk that can''t be written' {
    It 'is told as such, and changes nothing' -Skip:$IsWindows {
        $script = "`$null = Connect-BhStore '$store' -ErrorAction SilentlyContinue -ErrorVariable e; `$e[0].FullyQualifiedErrorId; `$e[0].CategoryInfo.Category"
        $said = if ((id -u) -eq 0) {
            # Root writes whatever the mode of a folder says, but not to a read-only mount
            unshare --mount bash -c 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && dotnet "$2" -NonInteractive -c "$3"' bash $store $env:BASTION_CONSOLE $script
        }
        else {
            chmod -R a-w $store
            try { dotnet $env:BASTION_CONSOLE -NonInteractive -c $script } finally { chmod -R u+w $store }
        }
        $said[0] | Should -BeLike 'StoreReadOnly,*'
        $said[1] | Should -Be 'ResourceUnavailable'
    }
}
