using Bastion.Console.Prompt;
using Bastion.Prompt;

namespace Bastion.Unit.Console;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class HistoryTests
{
    [Theory]
    [InlineData("Get-BhAsset | Where-Object State -eq Running")]
    [InlineData("Grant-BhAssetAccount web-1 -User ana -PassThru")]
    [InlineData("pwd; cd ~/src")]
    [InlineData("git log https://example.org/a@b")]
    [InlineData("New-BhAssetAccount web-1 root -PrivateKeyPath ~/.ssh/id_ed25519")]
    public void An_everyday_line_is_kept(string line) => Assert.True(HistoryFilter.Keeps(line));

    [Theory]
    [InlineData(" Get-BhAsset")]
    [InlineData("\tGet-BhAsset")]
    [InlineData("$s = 'hunter2' | convertto-SECUREstring -a -f")]
    [InlineData("Read-Host | ConvertFrom-SecureString -AsPlainText")]
    [InlineData("New-BhAssetAccount web-1 root -Password hunter2")]
    [InlineData("New-BhAssetAccount web-1 root -Pass:hunter2 -PassThru")]
    [InlineData("$env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'abc'")]
    [InlineData("ssh-keygen -N '' -q; $passphrase = 'x'")]
    [InlineData("[pscredential]::new('ana', $x)")]
    [InlineData("curl -H 'Authorization: Bearer abc' https://example.org")]
    [InlineData("git clone https://ana:hunter2@example.org/x")]
    [InlineData("$pwd2 = 1; $pwd = 'hunter2'")]
    [InlineData("$text = '-----BEGIN OPENSSH PRIVATE KEY-----")]
    public void A_line_that_may_hold_a_secret_is_forgotten(string line) => Assert.False(HistoryFilter.Keeps(line));

    [Fact]
    public void Nothing_is_not_kept() => Assert.False(HistoryFilter.Keeps(""));

    [Fact]
    public void The_file_is_its_owners_alone_also_when_it_was_open_to_others()
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("history-");
        try
        {
            string file = HistoryFile.Prepare(data.FullName)!;
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            File.WriteAllText(file, "Get-Date\n");
            File.SetUnixFileMode(file, (UnixFileMode)0b110_110_110);
            Assert.Equal(file, HistoryFile.Prepare(data.FullName));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal("Get-Date\n", File.ReadAllText(file));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
