using Bastion.Audit.Recording.Frames;

namespace Bastion.Audit.Recording;

/// <summary>
/// Reads a recording without any help of its writer: also one that is still being written, that broke off, or that was damaged. What can't be
/// read is a <see cref="RecordingEventKind.Gap"/>; <see cref="RecordingCheck"/> says what is wrong.
/// </summary>
public sealed class RecordingReader
{
    private static readonly RecordingHeader StandIn = new("", default, 80, 24, "", new Dictionary<string, string>());
    private readonly string _path;

    private RecordingReader(string path, RecordingHeader header) => (_path, Header) = (path, header);

    /// <summary>The first line.</summary>
    public RecordingHeader Header { get; }

    /// <summary>Opens a recording and reads its header. Where only that is damaged, a stand-in is given: no session id, 80 by 24.</summary>
    /// <exception cref="RecordingDamagedException">It can't be read, or is no recording.</exception>
    public static RecordingReader Open(string path)
    {
        try
        {
            using FileStream file = OpenFile(path);
            using var lines = new FrameLines();
            int version = 0;
            if (new FrameWalk(file).Next() is { Kind: not StretchKind.Torn } first)
            {
                foreach (ReadOnlyMemory<byte> line in lines.Read(file, first).Take(1))
                {
                    if (HeaderLine.Read(line, out version) is { } header) return new RecordingReader(path, header);
                }

                if (version <= HeaderLine.Format && first.Link is not null) return new RecordingReader(path, StandIn);
            }

            throw version > HeaderLine.Format ? RecordingDamagedException.Newer(path, version) : RecordingDamagedException.Foreign(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RecordingDamagedException.Unreadable(path, e);
        }
    }

    /// <summary>All events, in order, one by one in constant memory. The file is open while they are read.</summary>
    /// <exception cref="RecordingDamagedException">The file can't be read.</exception>
    public IEnumerable<RecordingEvent> Events()
    {
        using FileStream file = OpenFile(_path);
        using var lines = new FrameLines();
        var walk = new FrameWalk(file);
        long number = 0;
        TimeSpan last = default;
        while (walk.Next() is { } stretch)
        {
            if (stretch.Kind == StretchKind.Damaged)
            {
                yield return Gap(stretch.Length);
            }
            else if (stretch.Length > 0)
            {
                bool header = number == 0, gap = false;
                foreach (ReadOnlyMemory<byte> line in lines.Read(file, stretch))
                {
                    if (RecordingEvent.Read(line.Span, number) is { } found)
                    {
                        last = found.Time;
                        yield return found;
                    }
                    else if (!header)
                    {
                        gap = true;
                    }

                    header = false;
                }

                if ((gap || lines.Damaged) && stretch.Link is not null) yield return Gap(stretch.Length);
            }

            number = stretch.Link is { } link ? link.Number + 1 : number + 1;
        }

        RecordingEvent Gap(long bytes) => new(last, RecordingEventKind.Gap, $"{bytes} bytes of the recording can't be read", number);
    }

    internal static FileStream OpenFile(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024);
}
