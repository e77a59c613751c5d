namespace Bastion.Console.Host;

/// <summary>Finds the Bastion module: BASTION_MODULE, then <c>Modules/Bastion/&lt;version&gt;</c> beside the program.</summary>
public static class ModuleLocator
{
    private const string Manifest = "Bastion.psd1";

    private static string Modules => Path.Combine(AppContext.BaseDirectory, "Modules");

    /// <summary>Path of the manifest; null when there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("BASTION_MODULE") is { Length: > 0 } named) return Path.GetFullPath(named);
        string root = Path.Combine(Modules, "Bastion");
        if (!Directory.Exists(root)) return null;
        return Directory.EnumerateDirectories(root)
            .Select(folder => (Folder: folder, Version: Version.TryParse(Path.GetFileName(folder), out Version? version) ? version : null))
            .Where(found => found.Version is not null && File.Exists(Path.Combine(found.Folder, Manifest)))
            .OrderByDescending(found => found.Version)
            .Select(found => Path.Combine(found.Folder, Manifest))
            .FirstOrDefault();
    }

    /// <summary>Puts the folder of the modules beside the program on PSModulePath, first, once; and BASTION_MODULE's before it.</summary>
    public static void PutOnModulePath()
    {
        var path = (Environment.GetEnvironmentVariable("PSModulePath") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).ToList();
        Prefer(path, Modules);
        if (NamedRoot() is { } root) Prefer(path, root);
        Environment.SetEnvironmentVariable("PSModulePath", string.Join(Path.PathSeparator, path));
    }

    private static void Prefer(List<string> path, string folder)
    {
        path.RemoveAll(known => string.Equals(known, folder, StringComparison.Ordinal));
        path.Insert(0, folder);
    }

    // …/Bastion/0.1.0/Bastion.psd1 or …/Bastion/Bastion.psd1 → …
    private static string? NamedRoot()
    {
        if (Environment.GetEnvironmentVariable("BASTION_MODULE") is not { Length: > 0 } named) return null;
        DirectoryInfo? folder = new FileInfo(Path.GetFullPath(named)).Directory;
        if (folder is not null && Version.TryParse(folder.Name, out _)) folder = folder.Parent;
        return string.Equals(folder?.Name, "Bastion", StringComparison.OrdinalIgnoreCase) ? folder!.Parent?.FullName : null;
    }
}
