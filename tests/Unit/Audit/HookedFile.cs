using Bastion.Audit.Recording.Writing;

namespace Bastion.Unit.Audit;

/// <summary>Called with the number of the write (the header is 1), its place and its bytes.</summary>
/// <returns><see langword="false"/>: it was done, or is not to be.</returns>
internal delegate bool Writing(int number, long offset, ReadOnlySpan<byte> bytes);

/// <summary>A recording's file with a word of the test in between.</summary>
internal sealed class HookedFile(IRecordingFile inner) : IRecordingFile
{
    private int _writes;

    /// <summary>The word.</summary>
    public Writing OnWrite { get; init; } = (_, _, _) => true;

    public string Path => inner.Path;

    public long Length => inner.Length;

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (OnWrite(++_writes, offset, bytes)) inner.Write(offset, bytes);
    }

    public int Read(long offset, Span<byte> bytes) => inner.Read(offset, bytes);

    public void Cut(long length) => inner.Cut(length);

    public void Sync() => inner.Sync();

    public bool IsThere(long length) => inner.IsThere(length);

    public bool Restore() => inner.Restore();

    public void Dispose() => inner.Dispose();
}
