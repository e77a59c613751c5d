using System.Globalization;
using System.Text.Json;

namespace Bastion.Audit.Recording.Frames;

/// <summary>The first line of a recording: asciicast's header with what is ours under <c>bastion</c>.</summary>
internal static class HeaderLine
{
    /// <summary>Version of the format that this code writes and reads.</summary>
    internal const int Format = 1;

    internal static byte[] Write(RecordingHeader header)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 2);
            json.WriteNumber("width", Cells(header.Columns));
            json.WriteNumber("height", Cells(header.Rows));
            json.WriteNumber("timestamp", header.StartedAt.ToUnixTimeSeconds());
            json.WriteString("title", header.Title);
            json.WriteStartObject("bastion");
            json.WriteNumber("recording", Format);
            json.WriteString("session", header.SessionId);
            json.WriteString("startedAt", header.StartedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteStartObject("details");
            foreach ((string name, string value) in header.Details) json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary><see langword="null"/> when the line is no header of ours.</summary>
    /// <param name="line">The line.</param>
    /// <param name="version">Version of the format.</param>
    internal static RecordingHeader? Read(ReadOnlyMemory<byte> line, out int version)
    {
        version = 0;
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement, ours = root.GetProperty("bastion");
            version = ours.GetProperty("recording").GetInt32();
            if (version != Format) return null;
            Dictionary<string, string> details = ours.GetProperty("details").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "", StringComparer.Ordinal);
            return new RecordingHeader(ours.GetProperty("session").GetString() ?? "", ours.GetProperty("startedAt").GetDateTimeOffset(),
                Cells(root.GetProperty("width").GetInt32()), Cells(root.GetProperty("height").GetInt32()), root.GetProperty("title").GetString() ?? "", details);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A size in characters that every player takes.</summary>
    internal static int Cells(int value) => Math.Clamp(value, 1, 9999);
}
