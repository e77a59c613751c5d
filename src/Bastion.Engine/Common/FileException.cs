namespace Bastion;

/// <summary>A file that the caller named can't be used.</summary>
public sealed class FileException : BastionException
{
    private FileException(string id, ErrorKind kind, string path, string message, Exception? inner = null)
        : base(id, kind, path, message, inner)
    {
    }

    /// <summary>It can't be read.</summary>
    public static FileException Unreadable(string path, Exception cause) => new("FileUnreadable", cause is FileNotFoundException or DirectoryNotFoundException ? ErrorKind.NotFound : ErrorKind.Resource, path,
        $"The file '{path}' can't be read: {cause.Message}", cause);

    /// <summary>The path leads to something else than a file.</summary>
    public static FileException NotAFile(string path) => new("PathNotFileSystem", ErrorKind.InvalidInput, path, $"'{path}' is not a path of the file system. Give a file's path.");
}
