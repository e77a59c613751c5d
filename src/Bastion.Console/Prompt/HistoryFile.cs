namespace Bastion.Console.Prompt;

/// <summary>The history of the prompt, over all sessions of a person and all stores.</summary>
internal static class HistoryFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the file where it is missing, closes it to others, and gives its path; null when that cannot be done.</summary>
    public static string? Prepare() => Prepare(Environment.GetFolderPath(
        Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify));

    /// <summary>The same below another folder of personal data.</summary>
    internal static string? Prepare(string data)
    {
        string folder = Path.Combine(data, "bastion-console");
        string file = Path.Combine(folder, "history.txt");
        try
        {
            Make(folder, file);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Make(string folder, string file)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        using FileStream made = new(file, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, UnixCreateMode = OwnerOnly });
        File.SetUnixFileMode(made.SafeFileHandle, OwnerOnly);
    }
}
