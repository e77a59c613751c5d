namespace Bastion.Audit.Recording;

/// <summary>
/// Takes down what a session shows; record first, then show. Safe from several threads. A call is a copy into memory and does not wait for the
/// disk, unless 8 MiB are waiting to be written: then it is held back until there is room again. After <see cref="Failed"/> calls go on to be
/// taken while there is room, then throw.
/// </summary>
/// <exception cref="RecordingWriteException">From any of the calls that record: the bytes were not taken, so don't show them.</exception>
/// <exception cref="ObjectDisposedException">From the same: the recording is sealed.</exception>
public interface ISessionRecorder : IDisposable
{
    /// <summary>Bytes that the asset sent to the operator's terminal.</summary>
    void Output(ReadOnlySpan<byte> bytes);

    /// <summary>Bytes that the operator sent, where policy lets input be recorded.</summary>
    void Input(ReadOnlySpan<byte> bytes);

    /// <summary>The terminal has a new size, in characters.</summary>
    void Resize(int columns, int rows);

    /// <summary>A named point: a command, a transfer, an approval.</summary>
    /// <param name="text">Cut after 32 KiB of UTF-8.</param>
    void Marker(string text);

    /// <summary>Cancelled when the recording can no longer be written: the session must end at once.</summary>
    CancellationToken Failed { get; }

    /// <summary>Why <see cref="Failed"/> was cancelled.</summary>
    Exception? Failure { get; }

    /// <summary>Writes what is left, closes the recording and tells what it holds. A second call returns the same.</summary>
    /// <param name="reason">Why the session ended.</param>
    RecordingSummary Seal(string reason);
}

/// <summary>What a recording is about; its first line.</summary>
/// <param name="SessionId">Id of the session.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Columns">Width of the terminal in characters.</param>
/// <param name="Rows">Height of the terminal in characters.</param>
/// <param name="Title">What players show, e.g. <c>ana → root@web-1</c>.</param>
/// <param name="Details">More that the recording itself should tell: user, asset, account, owner account id, protocol.</param>
public sealed record RecordingHeader(
    string SessionId,
    DateTimeOffset StartedAt,
    int Columns,
    int Rows,
    string Title,
    IReadOnlyDictionary<string, string> Details);

/// <summary>What a closed recording holds.</summary>
/// <param name="Length">From the session's begin to the last event.</param>
/// <param name="OutputBytes">Bytes shown.</param>
/// <param name="InputBytes">Bytes typed.</param>
/// <param name="Frames">Frames written.</param>
/// <param name="Head">Hash over the last frame and, through it, all frames before: lower-case hex SHA-256.</param>
/// <param name="Complete"><see langword="false"/> when the session broke off.</param>
public sealed record RecordingSummary(
    TimeSpan Length,
    long OutputBytes,
    long InputBytes,
    long Frames,
    string Head,
    bool Complete);
