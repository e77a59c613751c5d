using Microsoft.Win32.SafeHandles;

namespace Bastion.Audit.Recording.Writing;

/// <summary>The file that a recording is written to.</summary>
internal interface IRecordingFile : IDisposable
{
    /// <summary>Its full path.</summary>
    string Path { get; }

    /// <summary>Its length now.</summary>
    long Length { get; }

    /// <summary>Writes all bytes at a place.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Reads from a place; 0 at the end.</summary>
    int Read(long offset, Span<byte> bytes);

    /// <summary>Cuts the file.</summary>
    void Cut(long length);

    /// <summary>Returns when all written is on the disk.</summary>
    void Sync();

    /// <summary>Whether the file is still at its path, with the length it was given.</summary>
    bool IsThere(long length);

    /// <summary>Puts a removed file back from the one that is still open.</summary>
    /// <returns><see langword="false"/> when something else is at its path.</returns>
    bool Restore();
}

/// <summary>A recording on the disk, for its owner only.</summary>
internal sealed class RecordingFile : IRecordingFile
{
    private readonly FileStream _stream;

    private RecordingFile(FileStream stream) => _stream = stream;

    /// <inheritdoc/>
    public string Path => _stream.Name;

    /// <inheritdoc/>
    public long Length => RandomAccess.GetLength(Handle);

    private SafeFileHandle Handle => _stream.SafeFileHandle;

    /// <summary>Makes a new file.</summary>
    /// <exception cref="IOException">It is there already, or can't be made.</exception>
    internal static RecordingFile Create(string path) => new(Open(path, FileMode.CreateNew));

    /// <summary>Opens a file to go on writing; made if missing.</summary>
    internal static RecordingFile OpenOrCreate(string path) => new(Open(path, FileMode.OpenOrCreate));

    /// <summary>Opens the file where damaged pieces of a recording are kept, at its end.</summary>
    internal static FileStream OpenAside(string recording)
    {
        FileStream aside = Open(recording + ".damaged", FileMode.OpenOrCreate);
        aside.Position = aside.Length;
        return aside;
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(Handle, bytes, offset);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // .NET's word for EFBIG: a limit on files, of the system or of the process.
            throw new IOException($"The file '{Path}' may not grow any further.", e);
        }
    }

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> bytes) => RandomAccess.Read(Handle, bytes, offset);

    /// <inheritdoc/>
    public void Cut(long length) => RandomAccess.SetLength(Handle, length);

    /// <inheritdoc/>
    public void Sync() => RandomAccess.FlushToDisk(Handle);

    /// <inheritdoc/>
    public bool IsThere(long length)
    {
        var file = new FileInfo(Path);
        // Windows refuses to remove an open file, and tells its length late.
        return file.Exists && (OperatingSystem.IsWindows() || file.Length == length);
    }

    /// <inheritdoc/>
    public bool Restore()
    {
        if (File.Exists(Path)) return false;
        using FileStream copy = Open(Path, FileMode.CreateNew);
        _stream.Position = 0;
        _stream.CopyTo(copy);
        copy.Flush(flushToDisk: true);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
