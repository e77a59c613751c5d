# The app on the phone: the code of an otpauth:// address now (RFC 6238)
function Get-TotpCode([string] $Uri, [int] $Later = 0) {
    $bits = ($Uri -replace '.*secret=([A-Z2-7]+).*', '$1').ToCharArray() | ForEach-Object { [Convert]::ToString('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.IndexOf($_), 2).PadLeft(5, '0') }
    $key = [byte[]] @(for ($i = 0; $i -lt 160; $i += 8) { [Convert]::ToByte((-join $bits).Substring($i, 8), 2) })
    $step = [BitConverter]::GetBytes([long][Math]::Floor([DateTimeOffset]::UtcNow.ToUnixTimeSeconds() / 30) + $Later)
    [Array]::Reverse($step)
    $hash = [int[]] [Security.Cryptography.HMACSHA1]::new($key).ComputeHash($step)
    $at = $hash[19] -band 15
    $number = (($hash[$at] -band 127) -shl 24) -bor ($hash[$at + 1] -shl 16) -bor ($hash[$at + 2] -shl 8) -bor $hash[$at + 3]
    '{0:d6}' -f ($number % 1000000)
}
