using System.IO.MemoryMappedFiles;

namespace Bastion.Audit.Recording.Journals;

/// <summary>
/// A journal in memory: one page of positions and checkpoints, then a ring. What is written to it belongs to the operating system at once
/// and outlives the process.
/// </summary>
internal sealed unsafe class JournalMap : IDisposable
{
    internal const int HeaderBytes = 4096;
    internal const int RingBytes = 8 * 1024 * 1024;
    internal const long FileBytes = HeaderBytes + RingBytes;

    private const ulong Magic = 0x31306C6E724A6842; // "BhJrnl01"
    private const int HeadAt = 64;
    private const int TailAt = 128;
    private const int CheckpointsAt = 256;

    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    private JournalMap(FileStream file)
    {
        _map = MemoryMappedFile.CreateFromFile(file, null, FileBytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, FileBytes, MemoryMappedFileAccess.ReadWrite);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    /// <summary>Where the next record goes, counted in bytes since the session began; all before it is valid.</summary>
    internal long Head
    {
        get => Volatile.Read(ref *(long*)(_start + HeadAt));
        set => Volatile.Write(ref *(long*)(_start + HeadAt), value);
    }

    /// <summary>All before it is in the recording, and its room is free again.</summary>
    internal long Tail
    {
        get => Volatile.Read(ref *(long*)(_start + TailAt));
        set => Volatile.Write(ref *(long*)(_start + TailAt), value);
    }

    internal Span<byte> Ring => new(_start + HeaderBytes, RingBytes);

    /// <summary>Maps a journal that was just made.</summary>
    internal static JournalMap Create(JournalLock file)
    {
        var map = new JournalMap(file.File);
        Volatile.Write(ref *(ulong*)map._start, Magic);
        return map;
    }

    /// <summary>Maps a leftover journal; <see langword="null"/> when it holds nothing or is damaged.</summary>
    internal static JournalMap? Open(JournalLock file)
    {
        if (file.File.Length != FileBytes) return null;
        var map = new JournalMap(file.File);
        if (*(ulong*)map._start == Magic && map.Head >= map.Tail && map.Tail >= 0 && map.Head - map.Tail <= RingBytes) return map;
        map.Dispose();
        return null;
    }

    /// <summary>Notes what is about to be written to the recording. The two places take turns, so that one is whole whenever the process dies.</summary>
    internal void Save(Checkpoint checkpoint) => checkpoint.Write(Place(checkpoint.Number));

    /// <summary>The newest whole checkpoint and the one before it; <see langword="null"/> where there is none.</summary>
    internal (Checkpoint? Newest, Checkpoint? Before) Checkpoints()
    {
        Checkpoint? a = Checkpoint.Read(Place(0)), b = Checkpoint.Read(Place(1));
        return (b?.Number ?? -1) > (a?.Number ?? -1) ? (b, a) : (a, b);
    }

    /// <summary>Lets go of the memory without waiting for the disk, which disposing the view would do.</summary>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.SafeMemoryMappedViewHandle.Dispose();
        _view.Dispose();
        _map.Dispose();
    }

    private Span<byte> Place(long number) => new(_start + CheckpointsAt + ((number & 1) * Checkpoint.Bytes), Checkpoint.Bytes);
}
