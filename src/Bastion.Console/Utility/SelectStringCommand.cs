using System.Management.Automation;
using System.Text.RegularExpressions;
using Bastion.Console.Utility;

namespace Microsoft.PowerShell.Commands;

/// <summary>Select-String over input and files; no context lines.</summary>
[Cmdlet(VerbsCommon.Select, "String", DefaultParameterSetName = "Object")]
public sealed class SelectStringCommand : PSCmdlet
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private Regex[] _patterns = [];
    private int _number;

    [Parameter(ValueFromPipeline = true, ParameterSetName = "Object", Mandatory = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, Mandatory = true)]
    public string[] Pattern { get; set; } = [];

    [Parameter(Position = 1, ParameterSetName = "File", Mandatory = true)]
    public string[] Path { get; set; } = [];

    [Parameter] public SwitchParameter SimpleMatch { get; set; }
    [Parameter] public SwitchParameter CaseSensitive { get; set; }
    [Parameter] public SwitchParameter NotMatch { get; set; }
    [Parameter] public SwitchParameter Quiet { get; set; }
    [Parameter] public SwitchParameter List { get; set; }
    [Parameter] public SwitchParameter Raw { get; set; }
    [Parameter] public SwitchParameter AllMatches { get; set; }

    private bool _found;

    protected override void BeginProcessing() => _patterns = [.. Pattern.Select(p =>
        new Regex(SimpleMatch ? Regex.Escape(p) : p, CaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase, Limit))];

    protected override void ProcessRecord()
    {
        if (ParameterSetName == "File")
        {
            foreach (string path in Path)
            {
                foreach (string file in SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _)) Search(file);
            }

            return;
        }

        if (InputObject?.BaseObject is FileInfo found) Search(found.FullName);
        else Judge(Values.Text(InputObject), "InputStream", ++_number);
    }

    protected override void EndProcessing()
    {
        if (Quiet) WriteObject(_found);
    }

    private void Search(string file)
    {
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            if (Judge(line, file, ++number) && List) break;
        }
    }

    private bool Judge(string line, string path, int number)
    {
        Match[] matches = [.. _patterns.SelectMany(p => AllMatches ? p.Matches(line).AsEnumerable() : [p.Match(line)]).Where(m => m.Success)];
        if (matches.Length > 0 == NotMatch) return false;
        _found = true;
        if (Quiet) return true;
        if (Raw)
        {
            WriteObject(line);
            return true;
        }

        WriteObject(new MatchInfo { IgnoreCase = !CaseSensitive, LineNumber = number, Line = line, Path = path, Pattern = Pattern[0], Matches = matches });
        return true;
    }
}

/// <summary>A line that Select-String found.</summary>
public sealed class MatchInfo
{
    public bool IgnoreCase { get; init; }

    public int LineNumber { get; init; }

    public string Line { get; init; } = "";

    public string Filename => Path == "InputStream" ? Path : System.IO.Path.GetFileName(Path);

    public string Path { get; init; } = "InputStream";

    public string Pattern { get; init; } = "";

    public IReadOnlyList<Match> Matches { get; init; } = [];

    /// <summary>path:line:text, or the text alone when it came from the pipeline.</summary>
    public override string ToString() => ToString("");

    /// <summary>The same with the path relative to a folder.</summary>
    public string ToString(string directory) =>
        Path == "InputStream" ? Line : $"{Shown(directory)}:{LineNumber}:{Line}";

    /// <summary>What the engine's view shows.</summary>
    public string ToEmphasizedString(string directory) => ToString(directory);

    private string Shown(string directory) =>
        directory.Length > 0 && Path.StartsWith(directory, StringComparison.Ordinal) ? System.IO.Path.GetRelativePath(directory, Path) : Path;
}
