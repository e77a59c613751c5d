using System.Management.Automation;
using Bastion.Audit.Export;
using Bastion.Audit.Sessions;

namespace Bastion.PowerShell.Audit;

/// <summary>Exports session audits as CSV or NDJSON, in constant memory: those piped in, or those that the filters name.</summary>
[Cmdlet(VerbsData.Export, "BhSessionAudit", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportBhSessionAuditCommand : SessionAuditCommand
{
    private SessionExporter? _exporter;
    private readonly HashSet<string> _owners = [];
    private bool _refused;

    /// <summary>The file. Its ending gives the format, unless -Format does.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath")]
    public string Path { get; set; } = "";

    /// <summary>Csv or Ndjson.</summary>
    [Parameter]
    [CompletesName<ExportFormatNames>]
    public string? Format { get; set; }

    /// <summary>Sessions from Get-BhSessionAudit; without any, the filters say which.</summary>
    [Parameter(ValueFromPipeline = true)]
    public SessionAudit[]? InputObject { get; set; }

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        if (_refused || !await OpenAsync()) return;
        foreach (SessionAudit session in InputObject ?? Engine.SessionAudits.List(Filter))
        {
            stop.ThrowIfCancellationRequested();
            _exporter!.Add(session);
            _owners.Add(session.OwnerAccountId);
            if (_exporter.Count % 10_000 == 0) Progress("Exporting sessions", $"{_exporter.Count:N0} written");
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken stop)
    {
        // An empty pipeline is an empty export, not none: the nightly job's file must be there.
        if (_refused || !await OpenAsync()) return;
        // Before the file is there: what can't be told is not taken out.
        Engine.SessionAudits.Exported(Caller, FullPath(Path), _exporter!.Count, _owners);
        Emit(_exporter.Complete());
    }

    /// <summary>An export that was not completed leaves nothing.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _exporter?.Dispose();
        base.Dispose(disposing);
    }

    private async Task<bool> OpenAsync()
    {
        if (_exporter is not null) return true;
        string path = FullPath(Path);
        ISessionExportFormat format = SessionExportFormats.Find(Format ?? System.IO.Path.GetExtension(path).TrimStart('.'));
        _refused = !await ConfirmAsync(path, $"Export sessions as {format.Name.ToUpperInvariant()}");
        if (_refused) return false;
        _exporter = new SessionExporter(path, format, Force);
        return true;
    }
}

/// <summary>Names of export formats.</summary>
public sealed class ExportFormatNames : INames
{
    /// <inheritdoc/>
    public IEnumerable<Name> All(Engine engine, Bound bound) => SessionExportFormats.All.Select(format => new Name(format.Name, format.Name));
}
