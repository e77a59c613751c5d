namespace Bastion.Audit.Export;

/// <summary>A file that is there whole or not at all, and that only its owner may read.</summary>
internal static class PrivateFile
{
    /// <exception cref="ExportException">It is there, or can't be written.</exception>
    internal static FileInfo Write(string path, ReadOnlySpan<byte> content, bool overwrite)
    {
        if (!overwrite && File.Exists(path)) throw ExportException.Exists(path);
        string partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(partial, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite);
            return new FileInfo(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(partial)) File.Delete(partial);
            throw ExportException.CannotWrite(path, e);
        }
    }
}
