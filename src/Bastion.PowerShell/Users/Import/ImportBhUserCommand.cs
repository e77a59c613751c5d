using System.Management.Automation;
using System.Text;
using Bastion.PowerShell.Users.Directories;
using Bastion.Users.Import;

namespace Bastion.PowerShell.Users.Import;

/// <summary>Imports users from a CSV file or a directory: makes those that are new, changes those that are there.</summary>
[Cmdlet(VerbsData.Import, "BhUser", SupportsShouldProcess = true, DefaultParameterSetName = "File")]
[OutputType(typeof(UserImportResult))]
public sealed class ImportBhUserCommand : EngineCommand
{
    /// <summary>The file. Its first line names the columns: Name, and any of DisplayName, Email, Comment, ValidFrom, ValidUntil, Groups.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "File")]
    [Alias("FullName")]
    public string Path { get; set; } = "";

    /// <summary>What stands between fields; a comma, if not given.</summary>
    [Parameter(ParameterSetName = "File")]
    public char Delimiter { get; set; } = ',';

    /// <summary>A directory by name, instead of a file: all its users, who then sign in with their passwords there.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Directory")]
    [CompletesName<DirectoryNames>]
    public string Directory { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        if (ParameterSetName == "Directory")
        {
            foreach (UserImportRow row in Engine.UserDirectories.Users(Directory))
            {
                stop.ThrowIfCancellationRequested();
                await ImportAsync(row);
            }

            return;
        }

        using var text = new StreamReader(new MemoryStream(ReadFile(Path)), Encoding.UTF8);
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((UserImportRow? row, UserImportException? error) in UserCsvReader.Read(text, Delimiter))
        {
            stop.ThrowIfCancellationRequested();
            if (row is null) Fail(error!);
            else if (!lines.TryAdd(Names.Key(row.Name), row.Line)) Fail(new UserImportException(row.Line, row.Name, $"the user is on line {lines[Names.Key(row.Name)]} already."));
            else await ImportAsync(row);
        }
    }

    private async Task ImportAsync(UserImportRow row)
    {
        try
        {
            UserImportResult plan = Engine.UserImport.Plan(row);
            if (plan.Action == UserImportAction.None) Emit(plan);
            else if (await ConfirmAsync(plan.User, plan.Action == UserImportAction.Add ? $"Make user {plan.Detail}".TrimEnd() : $"Change user: {plan.Detail}")) Emit(Engine.UserImport.Apply(Caller, row));
        }
        catch (UserImportException e)
        {
            Fail(e);
        }
    }
}
