using System.Text;
using Bastion.Audit.Recording;
using Bastion.Audit.Replay.Screens;

namespace Bastion.Audit.Replay;

/// <summary>What a session showed, as lines of plain text.</summary>
public static class ReplayText
{
    /// <summary>
    /// The lines that the user's terminal showed, oldest first: corrected lines as they were in the end, screens of full-screen programs as they
    /// were when they were cleared or left. Rows that were only broken at the terminal's edge are one line. There is no control character in it.
    /// </summary>
    /// <param name="path">The recording.</param>
    /// <exception cref="BastionException">It can't be read.</exception>
    public static IEnumerable<string> Lines(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Read(RecordingReader.Open(path));
    }

    private static IEnumerable<string> Read(RecordingReader recording)
    {
        var lines = new RowLines();
        var stage = new ReplayStage(recording.Header, lines);
        foreach (RecordingEvent e in recording.Events())
        {
            stage.Play(e);
            while (lines.Next() is { } line) yield return line;
        }

        stage.Screen.TellRest();
        while (lines.Next() is { } line) yield return line;
    }

    /// <summary>Joins rows to lines.</summary>
    private sealed class RowLines : IRowReader
    {
        // A line that never ends is told in pieces.
        private const int LongestLine = 64 * 1024;

        private readonly Queue<string> _lines = new();
        private readonly StringBuilder _line = new();
        private bool _open;

        internal string? Next() => _lines.TryDequeue(out string? line) ? line : null;

        public void Row(ScreenRow row)
        {
            row.AppendTo(_line);
            _open = true;
            if (!row.GoesOn || _line.Length > LongestLine) Break();
        }

        public void Break()
        {
            if (!_open) return;
            _lines.Enqueue(_line.ToString());
            _line.Clear();
            _open = false;
        }
    }
}
