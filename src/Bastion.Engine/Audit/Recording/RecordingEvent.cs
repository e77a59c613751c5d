using System.Globalization;
using System.Text.Json;

namespace Bastion.Audit.Recording;

/// <summary>What an event of a recording is.</summary>
public enum RecordingEventKind
{
    /// <summary>Not known to this version.</summary>
    Unknown,
    /// <summary>Shown to the user.</summary>
    Output,
    /// <summary>Typed by the user.</summary>
    Input,
    /// <summary>The terminal got another size: <c>columnsxrows</c>.</summary>
    Resize,
    /// <summary>A named point, e.g. a command.</summary>
    Marker,
    /// <summary>How the session ended: <c>complete: …</c> or <c>broken: …</c>.</summary>
    End,
    /// <summary>Not in the recording: a piece here can't be read.</summary>
    Gap,
}

/// <summary>One event of a recording.</summary>
/// <param name="Time">Since the session began; to the millisecond.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text as it came, control characters and all: never show it as it is.</param>
/// <param name="Frame">Number of the frame that holds it.</param>
public sealed record RecordingEvent(TimeSpan Time, RecordingEventKind Kind, string Text, long Frame)
{
    /// <summary>The new size; <see langword="null"/> when this is no resize or makes no sense.</summary>
    public (int Columns, int Rows)? Size
    {
        get
        {
            int x = Text.IndexOf('x', StringComparison.Ordinal);
            if (Kind != RecordingEventKind.Resize || x < 0) return null;
            return int.TryParse(Text.AsSpan(0, x), NumberStyles.None, CultureInfo.InvariantCulture, out int columns)
                && int.TryParse(Text.AsSpan(x + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int rows) ? (columns, rows) : null;
        }
    }

    /// <summary><see langword="null"/> when the line is no event.</summary>
    internal static RecordingEvent? Read(ReadOnlySpan<byte> line, long frame)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartArray || !json.Read() || !json.TryGetDecimal(out decimal seconds) || seconds is < 0 or > 100_000_000) return null;
            if (!json.Read() || json.TokenType != JsonTokenType.String) return null;
            RecordingEventKind kind = json.ValueSpan.Length != 1 ? RecordingEventKind.Unknown : KindOf(json.ValueSpan[0]);
            if (!json.Read() || json.TokenType != JsonTokenType.String) return null;
            return new RecordingEvent(new TimeSpan((long)(seconds * TimeSpan.TicksPerSecond)), kind, json.GetString()!, frame);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static RecordingEventKind KindOf(byte code) => code switch
    {
        (byte)'o' => RecordingEventKind.Output,
        (byte)'i' => RecordingEventKind.Input,
        (byte)'r' => RecordingEventKind.Resize,
        (byte)'m' => RecordingEventKind.Marker,
        (byte)'e' => RecordingEventKind.End,
        _ => RecordingEventKind.Unknown,
    };
}
