namespace Bastion.Specs;

/// <summary>Finds *.Tests.ps1.</summary>
internal static class SpecFiles
{
    /// <summary>The files named, and those in and under the folders named, in order.</summary>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths) =>
    [
        .. paths.SelectMany<string, string>(path =>
            File.Exists(path) ? [path]
            : Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.Tests.ps1", SearchOption.AllDirectories).Where(IsSource).Order(StringComparer.Ordinal)
            : throw new FileNotFoundException($"There is no '{path}'.")),
    ];

    private static bool IsSource(string file) =>
        !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj");
}
