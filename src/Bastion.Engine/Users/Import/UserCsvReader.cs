using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Bastion.Users.Import;

/// <summary>Reads users from CSV, line by line: the first line names the columns.</summary>
public static class UserCsvReader
{
    private static readonly string[] Known = ["Name", "DisplayName", "Email", "Comment", "ValidFrom", "ValidUntil", "Groups"];

    /// <summary>The users of a list, in its order; a line that can't be read is its error, and the next ones are read all the same.</summary>
    /// <param name="text">The list.</param>
    /// <param name="delimiter">What stands between fields.</param>
    /// <exception cref="UserImportException">The first line does not name the columns.</exception>
    public static IEnumerable<(UserImportRow? Row, UserImportException? Error)> Read(TextReader text, char delimiter = ',')
    {
        ArgumentNullException.ThrowIfNull(text);
        using var parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter.ToString(), BadDataFound = null, IgnoreBlankLines = true, MaxFieldSize = 1 << 16 }, leaveOpen: true);
        string[] columns = Columns(parser);
        while (Next(parser) is { } line)
        {
            UserImportRow? row = null;
            UserImportException? error = null;
            try
            {
                row = ToRow(line.Number, columns, line.Fields);
            }
            catch (UserImportException e)
            {
                error = e;
            }

            yield return (row, error);
        }
    }

    private static string[] Columns(CsvParser parser)
    {
        string[] columns = Next(parser)?.Fields ?? throw new UserImportException(1, null, "the list is empty.");
        for (int i = 0; i < columns.Length; i++)
        {
            string name = columns[i].Trim();
            columns[i] = Array.Find(Known, k => k.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new UserImportException(1, null, $"there is no column '{Printable.Escape(name)}'. Columns are {string.Join(", ", Known)}, separated by -Delimiter.");
        }

        if (!columns.Contains(Known[0], StringComparer.Ordinal)) throw new UserImportException(1, null, "the column Name is missing.");
        return columns.Distinct(StringComparer.Ordinal).Count() == columns.Length ? columns : throw new UserImportException(1, null, "a column is there twice.");
    }

    private static (long Number, string[] Fields)? Next(CsvParser parser)
    {
        long before = parser.RawRow;
        // A field in quotes can hold line breaks: the line on which the user begins is told.
        return parser.Read() && parser.Record is { } fields ? (parser.RawRow - Breaks(parser, before), fields) : null;
    }

    private static long Breaks(CsvParser parser, long before) => Math.Min(parser.RawRow - before - 1, parser.RawRecord.TrimEnd('\r', '\n').Count(c => c == '\n'));

    private static UserImportRow ToRow(long line, string[] columns, string[] fields)
    {
        if (fields.Length != columns.Length) throw new UserImportException(line, null, $"it has {fields.Length} fields, the first line has {columns.Length}.");
        string? Field(string column) => Array.IndexOf(columns, column) is >= 0 and var at ? fields[at].Trim() : null;
        ChangeOf<string> Text(string column) => Field(column) is { } text ? new(true, text.Length == 0 ? null : text) : default;
        ChangeOf<DateTimeOffset?> Time(string column) => Field(column) is { } text ? new(true, text.Length == 0 ? null : ToTime(line, column, text)) : default;
        return new UserImportRow
        {
            Line = line,
            Name = Field("Name") is { Length: > 0 } name ? name : throw new UserImportException(line, null, "the name is empty."),
            DisplayName = Text("DisplayName"),
            Email = Text("Email"),
            Comment = Text("Comment"),
            ValidFrom = Time("ValidFrom"),
            ValidUntil = Time("ValidUntil"),
            Groups = [.. (Field("Groups") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        };
    }

    private static DateTimeOffset ToTime(long line, string column, string text)
    {
        string[] forms = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];
        return DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
            : throw new UserImportException(line, null, $"{column} is '{Printable.Escape(text)}'. Write 2027-01-31, or 2027-01-31T18:00+02:00; without an offset it is UTC.");
    }
}
