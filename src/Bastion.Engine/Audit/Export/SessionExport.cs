using System.Globalization;
using System.Text;
using System.Text.Json;
using Bastion.Audit.Sessions;

namespace Bastion.Audit.Export;

/// <summary>A form in which session audits are exported. One class a format.</summary>
public interface ISessionExportFormat
{
    /// <summary>Name and file ending, lower case.</summary>
    string Name { get; }

    /// <summary>What goes before the first session; empty for none.</summary>
    string Head { get; }

    /// <summary>Writes one session.</summary>
    void Write(SessionAudit session, TextWriter target);
}

/// <summary>Comma-separated values, RFC 4180, header first, times in ISO 8601 UTC. Cells that a spreadsheet would run as a formula are made text.</summary>
public sealed class CsvSessionExport : ISessionExportFormat
{
    private static readonly (string Name, Func<SessionAudit, string?> Value)[] Columns =
    [
        ("SessionId", s => s.Id), ("OwnerAccountId", s => s.OwnerAccountId), ("User", s => s.User), ("Asset", s => s.Asset), ("AssetAddress", s => s.AssetAddress),
        ("Account", s => s.Account), ("Protocol", s => s.Protocol), ("Channel", s => s.Channel), ("Command", s => s.Command), ("SourceAddress", s => s.SourceAddress),
        ("StartedBy", s => s.StartedBy), ("StartedAt", s => Iso(s.StartedAt)), ("EndedAt", s => Iso(s.EndedAt)),
        ("DurationSeconds", s => s.Duration?.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)), ("State", s => s.State.ToString()), ("EndReason", s => s.EndReason),
        ("ExitCode", s => s.ExitCode?.ToString(CultureInfo.InvariantCulture)), ("OutputBytes", s => s.OutputBytes.ToString(CultureInfo.InvariantCulture)),
        ("InputBytes", s => s.InputBytes.ToString(CultureInfo.InvariantCulture)), ("Recording", s => s.Recording), ("RecordingHead", s => s.RecordingHead),
    ];

    /// <inheritdoc/>
    public string Name => "csv";

    /// <inheritdoc/>
    public string Head => string.Join(',', Columns.Select(c => c.Name)) + "\r\n";

    /// <inheritdoc/>
    public void Write(SessionAudit session, TextWriter target)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(target);
        for (int i = 0; i < Columns.Length; i++)
        {
            if (i > 0) target.Write(',');
            target.Write(Cell(Columns[i].Value(session)));
        }

        target.Write("\r\n");
    }

    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        // A command line is the user's own text: "=cmd|…" must not run in the auditor's spreadsheet.
        string safe = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string? Iso(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}

/// <summary>One JSON object a line (NDJSON).</summary>
public sealed class NdjsonSessionExport : ISessionExportFormat
{
    /// <inheritdoc/>
    public string Name => "ndjson";

    /// <inheritdoc/>
    public string Head => "";

    /// <inheritdoc/>
    public void Write(SessionAudit session, TextWriter target)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(target);
        using var buffer = new MemoryStream(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("sessionId", session.Id);
            json.WriteString("ownerAccountId", session.OwnerAccountId);
            json.WriteString("user", session.User);
            json.WriteString("asset", session.Asset);
            json.WriteString("assetAddress", session.AssetAddress);
            json.WriteString("account", session.Account);
            json.WriteString("protocol", session.Protocol);
            json.WriteString("channel", session.Channel);
            json.WriteString("command", session.Command);
            json.WriteString("sourceAddress", session.SourceAddress);
            json.WriteString("startedBy", session.StartedBy);
            json.WriteString("startedAt", session.StartedAt.UtcDateTime);
            if (session.EndedAt is { } ended) json.WriteString("endedAt", ended.UtcDateTime);
            else json.WriteNull("endedAt");
            json.WriteString("state", session.State.ToString());
            json.WriteString("endReason", session.EndReason);
            if (session.ExitCode is { } code) json.WriteNumber("exitCode", code);
            else json.WriteNull("exitCode");
            json.WriteNumber("outputBytes", session.OutputBytes);
            json.WriteNumber("inputBytes", session.InputBytes);
            json.WriteString("recording", session.Recording);
            json.WriteString("recordingHead", session.RecordingHead);
            json.WritePropertyName("decision");
            json.WriteRawValue(session.Decision);
            json.WriteEndObject();
        }

        target.Write(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        target.Write('\n');
    }
}
