using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Bastion.Pester;

/// <summary>Runs each *.Tests.ps1 as one test, in a process of its own so that none can hurt another.</summary>
public sealed class SpecTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>The spec files, relative to this folder.</summary>
    public static TheoryData<string> Files() =>
        new(Directory.EnumerateFiles(Told("SpecFolder"), "*.Tests.ps1", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Told("SpecFolder"), file))
            .Where(file => !file.StartsWith("bin", StringComparison.Ordinal) && !file.StartsWith("obj", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Spec_passes(string file)
    {
        string resultFile = Path.Combine(Results(), file.Replace(Path.DirectorySeparatorChar, '-') + ".json");
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Told("Console"), "-NoModule", "-NonInteractive", Path.Combine(Told("SpecFolder"), "Invoke-Spec.ps1"),
                "-Path", Path.Combine(Told("SpecFolder"), file), "-Pester", Told("Pester"), "-ResultFile", resultFile,
            },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Told("SpecFolder"),
        };
        start.Environment["BASTION_CONSOLE"] = Told("Console");
        start.Environment["BASTION_OTHER_VERSIONS"] = Told("OtherVersions");
        // No spec may touch the store of whoever runs the tests
        start.Environment["BASTION_STORE"] = Path.Combine(Path.GetTempPath(), "bastion-spec-without-store");
        using Process runner = Process.Start(start)!;
        runner.StandardInput.Close();
        Task<string> output = runner.StandardOutput.ReadToEndAsync(), errors = runner.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await runner.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            runner.Kill(entireProcessTree: true);
            Assert.Fail($"{file} did not end within {Limit}.\n{await output}{await errors}");
        }

        Assert.True(runner.ExitCode == 0, $"{await output}{await errors}");
        using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(resultFile, limit.Token));
        Assert.True(result.RootElement.GetProperty("passed").GetInt32() > 0, $"{file} ran no test.\n{await output}");
    }

    [Fact]
    public void There_are_specs() => Assert.NotEmpty(Files());

    // .ci/run names a folder to sum the results up from
    private static string Results() =>
        Directory.CreateDirectory(Environment.GetEnvironmentVariable("BASTION_SPEC_RESULTS") is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "results")).FullName;

    private static string Told(string key) =>
        typeof(SpecTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;
}
