using System.Text.Json;
using Bastion.Specs;

List<string> paths = [], tags = [];
string text = "", resultFile = "";
for (int i = 0; i < args.Length; i++)
{
    string Value() => i + 1 < args.Length ? args[++i] : throw new InvalidOperationException($"{args[i]} needs a value.");
    switch (args[i].ToLowerInvariant())
    {
        case "-filter": text = Value(); break;
        case "-tag": tags.Add(Value()); break;
        case "-resultfile": resultFile = Value(); break;
        case var option when option.StartsWith('-'):
            Console.Error.WriteLine($"There is no option '{args[i]}'. Usage: [path…] [-Filter text] [-Tag tag] [-ResultFile file]");
            return 64;
        default: paths.Add(args[i]); break;
    }
}

if (paths.Count == 0) paths.Add(Path.Combine(Directory.GetCurrentDirectory(), "tests", "Pester"));
IReadOnlyList<string> files = SpecFiles.Find(paths);
var report = new Report(Console.Out);
var filter = new SpecFilter(text, tags);
List<SpecResult> results = [];
foreach (string file in files)
{
    SpecResult result = SpecFile.Run(file, filter);
    if (result.Tests.Count + result.Errors.Count == 0) continue;
    report.Show(result);
    results.Add(result);
}

int passed = results.Sum(r => r.Passed), failed = results.Sum(r => r.Failed), skipped = results.Sum(r => r.Skipped);
if (results.Count == 0)
{
    Console.Error.WriteLine($"No test was found for this in {string.Join(", ", paths)}.");
    failed++;
}

if (resultFile.Length > 0) File.WriteAllText(resultFile, JsonSerializer.Serialize(new { passed, failed, skipped }));
Console.WriteLine(Report.Total(passed, failed, skipped));
return failed == 0 ? 0 : 1;
