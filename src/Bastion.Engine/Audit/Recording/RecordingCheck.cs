using System.Security.Cryptography;
using Bastion.Audit.Recording.Frames;

namespace Bastion.Audit.Recording;

/// <summary>What can be wrong with a recording.</summary>
public enum RecordingFault
{
    /// <summary>Not known to this version.</summary>
    Unknown,
    /// <summary>The file can't be read, or is no recording.</summary>
    Unreadable,
    /// <summary>It belongs to another session.</summary>
    OtherSession,
    /// <summary>Bytes of a frame or of its link were changed.</summary>
    Changed,
    /// <summary>Bytes that are no frame.</summary>
    Damaged,
    /// <summary>Frames are missing before this one.</summary>
    Missing,
    /// <summary>A frame stands in the wrong place.</summary>
    OutOfOrder,
    /// <summary>The file ends in the middle of a frame.</summary>
    Torn,
    /// <summary>There is no seal: the session still runs, its end was not sealed yet, or the end was cut off.</summary>
    Unsealed,
    /// <summary>Something follows the seal.</summary>
    AfterSeal,
    /// <summary>All in itself, but not what the store remembers: the recording was replaced as a whole.</summary>
    OtherHead,
}

/// <summary>One thing that is wrong, and where.</summary>
/// <param name="Fault">What.</param>
/// <param name="Frame">Number of the frame; <see langword="null"/> when none is meant.</param>
/// <param name="Offset">Bytes from the start of the file.</param>
/// <param name="Message">The same for people.</param>
public sealed record RecordingProblem(RecordingFault Fault, long? Frame, long Offset, string Message);

/// <summary>What a recording's chain of hashes tells.</summary>
public sealed class RecordingCheck
{
    private const int MostProblems = 100;
    private readonly List<RecordingProblem> _problems = [];

    private RecordingCheck()
    {
    }

    /// <summary>What is wrong, in the order of the file; at most 100.</summary>
    public IReadOnlyList<RecordingProblem> Problems => _problems;

    /// <summary>Nothing is wrong: what was written is what is there.</summary>
    public bool IsIntact => _problems.Count == 0;

    /// <summary>A seal closes the recording.</summary>
    public bool IsSealed { get; private set; }

    /// <summary>What the recording says it holds.</summary>
    public RecordingSummary Summary { get; private set; } = new(default, 0, 0, 0, "", Complete: false);

    /// <summary>Reads a recording from end to end and checks every frame against the chain.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sessionId">The session it should be of; <see langword="null"/>: the one that its header names.</param>
    /// <param name="head">Hash of its last frame as the store remembers it; <see langword="null"/>: not known.</param>
    public static RecordingCheck Of(string path, string? sessionId = null, string? head = null)
    {
        var check = new RecordingCheck();
        try
        {
            string session = sessionId ?? RecordingReader.Open(path).Header.SessionId;
            using FileStream file = RecordingReader.OpenFile(path);
            check.Walk(file, session);
            if (head is not null && check.Summary.Head.Length > 0 && !string.Equals(head, check.Summary.Head, StringComparison.OrdinalIgnoreCase))
                check.Add(RecordingFault.OtherHead, null, file.Length, "The last frame's hash is not the one that the store remembers.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RecordingDamagedException)
        {
            check.Add(RecordingFault.Unreadable, null, 0, e.Message);
        }

        return check;
    }

    private void Walk(FileStream file, string session)
    {
        using var byLink = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var bySum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var walk = new FrameWalk(file);
        // What the frame before says its hash is, and what it comes to: they differ when that frame or its link was changed.
        byte[] linked = FrameLink.Start(session), summed = linked;
        long expected = 0;
        while (true)
        {
            bool both = !linked.AsSpan().SequenceEqual(summed);
            byLink.AppendData(linked);
            if (both) bySum.AppendData(summed);
            if ((both ? walk.Next(byLink, bySum) : walk.Next(byLink)) is not { } stretch) break;
            if (IsSealed) Add(RecordingFault.AfterSeal, null, stretch.Offset, "Something was added after the seal.");
            IsSealed &= stretch.Link is null;
            if (stretch.Link is not { } link)
            {
                if (stretch.Kind is StretchKind.Torn or StretchKind.Unlinked) Add(RecordingFault.Torn, expected, stretch.Offset + stretch.Length, $"The file ends within frame {expected} or its link.");
                break;
            }

            byte[] viaLink = FrameLink.Of(link.Kind, link.Number, link.Length, link.Counts, byLink).Hash;
            byte[] viaSum = both ? FrameLink.Of(link.Kind, link.Number, link.Length, link.Counts, bySum).Hash : viaLink;
            if (link.Number > expected) Add(RecordingFault.Missing, link.Number, stretch.Offset, $"Frames {expected} to {link.Number - 1} are missing.");
            else if (link.Number < expected) Add(RecordingFault.OutOfOrder, link.Number, stretch.Offset, $"Frame {link.Number} stands where frame {expected} should.");
            else if (stretch.Kind == StretchKind.Damaged) Add(RecordingFault.Damaged, link.Number, stretch.Offset, $"Frame {link.Number} can't be read as a frame.");
            else if (!link.Hash.AsSpan().SequenceEqual(viaLink) && !link.Hash.AsSpan().SequenceEqual(viaSum)) AddChanged(file.Name, link, stretch, session);
            (linked, summed, expected) = (link.Hash, viaLink, link.Number + 1);
            IsSealed |= link.IsSeal;
            Summary = new RecordingSummary(link.Counts.Length, link.Counts.OutputBytes, link.Counts.InputBytes, expected, FrameLink.Hex(link.Hash), link.Kind == FrameKind.Complete);
        }

        if (expected == 0) Add(RecordingFault.Unreadable, null, 0, "There is not one whole frame in it.");
        if (!IsSealed) Add(RecordingFault.Unsealed, null, file.Length, "There is no seal: the session still runs, has not been sealed yet, or the recording's end was cut off.");
    }

    private void AddChanged(string path, FrameLink link, Stretch stretch, string session)
    {
        string? other = null;
        if (link.Number == 0)
        {
            try
            {
                other = RecordingReader.Open(path).Header.SessionId;
            }
            catch (RecordingDamagedException)
            {
                // Then it is just changed.
            }
        }

        if (other is not null && other != session) Add(RecordingFault.OtherSession, 0, stretch.Offset, $"The recording is of session '{Printable.Escape(other)}', not of '{session}'.");
        else Add(RecordingFault.Changed, link.Number, stretch.Offset, $"Frame {link.Number} or its link was changed.");
    }

    private void Add(RecordingFault fault, long? frame, long offset, string message)
    {
        if (_problems.Count < MostProblems) _problems.Add(new RecordingProblem(fault, frame, offset, message));
    }
}
