namespace Bastion.Store;

/// <summary>A store is one folder: the database, the vault's key and the recordings.</summary>
/// <param name="Folder">Full path of the folder.</param>
public sealed record StoreLocation(string Folder)
{
    /// <summary>Environment variable that names the store's folder.</summary>
    public const string Variable = "BASTION_STORE";

    /// <summary>The database file.</summary>
    public string DatabaseFile => Path.Combine(Folder, "bastion.db");

    /// <summary>The vault's key file.</summary>
    public string KeyFile => Path.Combine(Folder, "vault.key");

    /// <summary>Where recordings are kept.</summary>
    public string RecordingsFolder => Path.Combine(Folder, "recordings");

    /// <summary>The folder given, else <see cref="Variable"/>, else the default of the operating system.</summary>
    /// <param name="folder">A path; relative to the process's current folder.</param>
    public static StoreLocation Find(string? folder)
    {
        string? named = string.IsNullOrWhiteSpace(folder) ? Environment.GetEnvironmentVariable(Variable) : folder;
        return new StoreLocation(Path.GetFullPath(string.IsNullOrWhiteSpace(named) ? Default : named));
    }

    /// <summary>%ProgramData%-free and personal: LocalAppData on Windows, Application Support on macOS, XDG's data home elsewhere.</summary>
    private static string Default => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "bastion");

    internal void MakeFolder()
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Folder);
            else Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.CannotWrite(Folder, e);
        }
    }
}
