namespace Bastion.Specs.Tree;

/// <summary>The folder behind <c>TestDrive:</c>, new for each file; what a block made is gone when it ends.</summary>
internal sealed class TestDrive : IDisposable
{
    private readonly Stack<HashSet<string>> _before = [];

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("spec-").FullName;

    /// <summary>Remembers what is there.</summary>
    public void Enter() => _before.Push([.. Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories)]);

    /// <summary>Takes away what was not there on entering.</summary>
    public void Leave()
    {
        if (!_before.TryPop(out HashSet<string>? before)) return;
        foreach (string path in Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Reverse().ToList())
        {
            if (before.Contains(path)) continue;
            if (File.Exists(path)) File.Delete(path);
            else if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
