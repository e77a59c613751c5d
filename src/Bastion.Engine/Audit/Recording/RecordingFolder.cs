using System.Buffers;
using System.Globalization;

namespace Bastion.Audit.Recording;

/// <summary>Where recordings are: one folder a day (<c>yyyy/MM/dd</c>, UTC) under a root, for their owner's eyes only.</summary>
/// <param name="root">The root; made when the first recording is.</param>
public sealed class RecordingFolder(string root)
{
    /// <summary>Ending of a recording: asciicast lines in zstd frames.</summary>
    public const string Ending = ".cast.zst";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly SearchValues<char> IdLetters = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_");

    /// <summary>Full path of the root.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Full path of a session's recording, whether it is there or not.</summary>
    /// <param name="sessionId">Letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="startedAt">When the session began.</param>
    /// <exception cref="ArgumentException">The id holds other characters and so can't name a file.</exception>
    public string PathOf(string sessionId, DateTimeOffset startedAt)
    {
        ArgumentException.ThrowIfNullOrEmpty(sessionId);
        if (sessionId.Length > 128 || sessionId.AsSpan().ContainsAnyExcept(IdLetters)) throw new ArgumentException("A session id is made of letters, digits, '-' and '_'.", nameof(sessionId));
        return Path.Combine(Root, startedAt.UtcDateTime.ToString("yyyy", CultureInfo.InvariantCulture), startedAt.UtcDateTime.ToString("MM", CultureInfo.InvariantCulture),
            startedAt.UtcDateTime.ToString("dd", CultureInfo.InvariantCulture), sessionId + Ending);
    }

    /// <summary>The journal beside a recording: there while the session runs, and after its process died.</summary>
    internal static string JournalOf(string recording) => recording[..^Ending.Length] + ".journal";

    /// <summary>Makes the folders of a path, each of them for its owner only: CreateDirectory gives the mode to the last one alone.</summary>
    internal void MakeFoldersOf(string recording)
    {
        foreach (string folder in Above(Path.GetDirectoryName(recording)!).Reverse())
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else if (!Directory.Exists(folder)) Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    private IEnumerable<string> Above(string folder)
    {
        for (string? at = folder; at is not null && at.Length >= Root.Length; at = Path.GetDirectoryName(at)) yield return at;
    }
}
