using System.Text;
using Bastion.Audit.Sessions;

namespace Bastion.Audit.Export;

/// <summary>Streams session audits into a file, which is there whole or not at all.</summary>
public sealed class SessionExporter : IDisposable
{
    private readonly string _path;
    private readonly string _partial;
    private readonly ISessionExportFormat _format;
    private readonly StreamWriter _writer;
    private bool _done;

    /// <summary>Begins an export.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="ExportException">The file is there, or can't be written.</exception>
    public SessionExporter(string path, ISessionExportFormat format, bool overwrite)
    {
        ArgumentNullException.ThrowIfNull(format);
        _path = Path.GetFullPath(path);
        _format = format;
        _partial = $"{_path}.{Guid.NewGuid():N}.partial";
        if (!overwrite && File.Exists(_path)) throw ExportException.Exists(_path);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 1 << 16 };
            // Who did what on which host is nobody else's business.
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            _writer = new StreamWriter(new FileStream(_partial, options), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            _writer.Write(format.Head);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ExportException.CannotWrite(_path, e);
        }
    }

    /// <summary>Sessions written.</summary>
    public long Count { get; private set; }

    /// <summary>Writes one session.</summary>
    public void Add(SessionAudit session)
    {
        try
        {
            _format.Write(session, _writer);
            Count++;
        }
        catch (IOException e)
        {
            throw ExportException.CannotWrite(_path, e);
        }
    }

    /// <summary>Puts the file in place.</summary>
    /// <returns>The file.</returns>
    public FileInfo Complete()
    {
        try
        {
            _writer.Flush();
            ((FileStream)_writer.BaseStream).Flush(flushToDisk: true);
            _writer.Dispose();
            File.Move(_partial, _path, overwrite: true);
            _done = true;
            return new FileInfo(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ExportException.CannotWrite(_path, e);
        }
    }

    /// <summary>Without <see cref="Complete"/>, nothing stays.</summary>
    public void Dispose()
    {
        if (_done) return;
        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            // A full disk fails the last flush too; the file goes anyway.
        }

        File.Delete(_partial);
    }
}

/// <summary>An export can't be written.</summary>
public sealed class ExportException : BastionException
{
    private ExportException(string id, ErrorKind kind, string path, string message, Exception? inner = null)
        : base(id, kind, path, message, inner)
    {
    }

    internal static ExportException Exists(string path) => new("ExportExists", ErrorKind.AlreadyExists, path, $"The file '{path}' is there already. Use -Force to replace it.");

    internal static ExportException CannotWrite(string path, Exception cause) => new("ExportNotWritten", ErrorKind.Resource, path,
        $"The export '{path}' can't be written: {cause.Message} Nothing was left behind.", cause);
}

/// <summary>The formats there are.</summary>
public static class SessionExportFormats
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ISessionExportFormat> All { get; } = [new CsvSessionExport(), new NdjsonSessionExport()];

    /// <summary>A format by name or file ending.</summary>
    /// <exception cref="ExportFormatException">There is no such format.</exception>
    public static ISessionExportFormat Find(string name) =>
        All.FirstOrDefault(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new ExportFormatException(name);
}

/// <summary>No such export format.</summary>
/// <param name="name">What was asked for.</param>
public sealed class ExportFormatException(string name) : BastionException("ExportFormatUnknown", ErrorKind.InvalidInput, Printable.Escape(name),
    $"'{Printable.Escape(name)}' is no export format. Give the file the ending .csv or .ndjson, or say -Format Csv or -Format Ndjson.");
