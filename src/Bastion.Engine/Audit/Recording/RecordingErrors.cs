namespace Bastion.Audit.Recording;

/// <summary>A recording can't be written any more, so nothing further may be shown.</summary>
public sealed class RecordingWriteException : BastionException
{
    private RecordingWriteException(string id, string path, string message, Exception? inner = null)
        : base(id, ErrorKind.Resource, path, message, inner)
    {
    }

    /// <summary>Somebody laid hands on the files: what is there need not be what was written.</summary>
    internal bool WasTouched => Id == "RecordingGone";

    internal static RecordingWriteException Failed(string path, Exception? cause) => new("RecordingNotWritten", path,
        $"The recording '{path}' can't be written any more: {cause?.Message ?? "its writer ended."} Nothing was shown that is not recorded. Check the disk, then open the session again.", cause);

    internal static RecordingWriteException Gone(string path) => new("RecordingGone", path,
        $"The recording '{path}' or its journal was removed or changed while the session ran. Find out who did it.");

    internal static RecordingWriteException Stalled(string path, TimeSpan waited) => new("RecordingStalled", path,
        $"The disk has not taken anything of the recording '{path}' for {waited.TotalSeconds:0} s. Check the disk.");
}

/// <summary>A file is not a recording, or is too damaged to be read at all.</summary>
public sealed class RecordingDamagedException : BastionException
{
    private RecordingDamagedException(string id, string path, string message, Exception? inner = null)
        : base(id, ErrorKind.Resource, path, message, inner)
    {
    }

    internal static RecordingDamagedException Foreign(string path) => new("RecordingForeign", path,
        $"'{path}' is no recording of this format: it does not begin with a readable header.");

    internal static RecordingDamagedException Newer(string path, int version) => new("RecordingNewer", path,
        $"'{path}' was written by a newer Bastion (recording format {version}; this version knows {Frames.HeaderLine.Format}). Update the module.");

    internal static RecordingDamagedException Unreadable(string path, Exception cause) => new("RecordingUnreadable", path,
        $"The recording '{path}' can't be read: {cause.Message}", cause);
}
