using System.Diagnostics;

namespace Bastion.Unit.Users.Keys;

/// <summary>Keys made and read by OpenSSH's own tool.</summary>
internal sealed class SshKeygen : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bastion-keys-");
    private int _count;

    /// <summary>A new pair.</summary>
    /// <returns>The path of its private half; the public one ends in <c>.pub</c>.</returns>
    internal string Make(params string[] arguments)
    {
        string path = Path.Combine(_folder.FullName, $"key{_count++}");
        Programs.Run("ssh-keygen", ["-q", "-N", "", "-C", "ana@laptop", "-f", path, .. arguments]);
        return path;
    }

    /// <summary>The public line of a new pair.</summary>
    internal string MakePublic(params string[] arguments) => File.ReadAllText(Make(arguments) + ".pub").Trim();

    /// <summary>Bits and fingerprint of a public line, as the tool tells them.</summary>
    internal (int Bits, string Fingerprint) Read(string line)
    {
        string path = Path.Combine(_folder.FullName, $"read{_count++}");
        File.WriteAllText(path, line + "\n");
        string[] words = Programs.Run("ssh-keygen", ["-l", "-E", "sha256", "-f", path]).Split(' ');
        return (int.Parse(words[0]), words[1]);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
