using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Bastion.Audit.Recording.Journals;

/// <summary>
/// A journal's file, held by one process alone. The operating system gives the lock back when the process dies, however it dies:
/// that is how others know that a session's writer lives.
/// </summary>
internal sealed partial class JournalLock : IDisposable
{
    private const int ExclusiveNow = 2 | 4; // LOCK_EX | LOCK_NB, the same on Linux and macOS
    private readonly string _path;

    private JournalLock(string path, FileStream file) => (_path, File) = (path, file);

    internal FileStream File { get; }

    /// <summary>Makes a new journal with all its room taken from the disk, so that a full disk shows now and not as a fault in mapped memory.</summary>
    /// <exception cref="IOException">It is there already, or can't be made.</exception>
    internal static JournalLock Create(string path, long bytes)
    {
        FileStream file = Open(path, FileMode.CreateNew, bytes);
        try
        {
            file.SetLength(bytes);
            return Locks(file.SafeFileHandle) ? new JournalLock(path, file) : throw new IOException($"The journal '{path}' can't be locked.");
        }
        catch
        {
            file.Dispose();
            System.IO.File.Delete(path);
            throw;
        }
    }

    /// <summary>Takes the journal of a session whose process is gone; an empty one is made if there is none.</summary>
    /// <returns><see langword="null"/> while another holds it, or when it can't be opened.</returns>
    internal static JournalLock? TryTake(string path)
    {
        try
        {
            FileStream file = Open(path, FileMode.OpenOrCreate, 0);
            if (Locks(file.SafeFileHandle)) return new JournalLock(path, file);
            file.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Held by its writer, or not ours to open.
        }

        return null;
    }

    /// <summary>Removes the file and lets go of it.</summary>
    internal void Delete()
    {
        // Unix removes first, so that nobody finds the file unlocked; Windows can remove only what is closed.
        if (OperatingSystem.IsWindows()) File.Dispose();
        try
        {
            System.IO.File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another looks at it this moment and will find the recording sealed, or the folder is gone.
        }

        File.Dispose();
    }

    public void Dispose() => File.Dispose();

    private static FileStream Open(string path, FileMode mode, long preallocate)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, PreallocationSize = preallocate };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    // FileShare.None locks too, but a switch in the environment can turn that off; here it must hold.
    private static bool Locks(SafeFileHandle file) => OperatingSystem.IsWindows() || FileLock(file, ExclusiveNow) == 0;

    [LibraryImport("libc", EntryPoint = "flock")]
    private static partial int FileLock(SafeFileHandle file, int operation);
}
