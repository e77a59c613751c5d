using Bastion.Specs.Tree;

namespace Bastion.Specs;

/// <summary>A line a file, then what failed or was skipped.</summary>
internal sealed class Report(TextWriter output)
{
    public void Show(SpecResult result)
    {
        string skipped = result.Skipped > 0 ? $", {result.Skipped} skipped" : "";
        output.WriteLine($"{(result.Failed == 0 ? "ok  " : "FAIL")} {Relative(result.File)}  {result.Passed} passed, {result.Failed} failed{skipped}  ({result.Duration.TotalSeconds:0.0} s)");
        foreach (string error in result.Errors) output.WriteLine($"     ✗ {Indent(error)}");
        foreach (Test test in result.Tests)
        {
            switch (test.Outcome)
            {
                case Outcome.Failed or Outcome.NotRun:
                    output.WriteLine($"     ✗ {test.Path}\n         {Indent(test.Failure)}");
                    break;
                case Outcome.Skipped:
                    output.WriteLine($"     - skipped: {test.Path}{(test.SkippedBecause.Length > 0 ? $" ({test.SkippedBecause})" : "")}");
                    break;
            }
        }
    }

    /// <summary>The last line.</summary>
    public static string Total(int passed, int failed, int skipped) =>
        $"{passed} passed, {failed} failed{(skipped > 0 ? $", {skipped} skipped" : "")}";

    private static string Indent(string text) => text.Replace("\n", "\n         ", StringComparison.Ordinal);

    private static string Relative(string file) => Path.GetRelativePath(Directory.GetCurrentDirectory(), file);
}
