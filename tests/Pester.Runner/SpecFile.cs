using System.Management.Automation.Runspaces;
using Bastion.Console.Host;
using Bastion.Specs.Should;
using Bastion.Specs.Tree;

namespace Bastion.Specs;

/// <summary>The result of one spec file.</summary>
internal sealed record SpecResult(string File, IReadOnlyList<Test> Tests, IReadOnlyList<string> Errors, TimeSpan Duration)
{
    public int Passed => Tests.Count(test => test.Outcome == Outcome.Passed);

    public int Skipped => Tests.Count(test => test.Outcome == Outcome.Skipped);

    /// <summary>Failed tests, and one for each thing that broke the file as a whole.</summary>
    public int Failed => Tests.Count(test => test.Outcome is Outcome.Failed or Outcome.NotRun) + Errors.Count;
}

/// <summary>Runs a spec file in a session of its own.</summary>
internal static class SpecFile
{
    public static SpecResult Run(string file, SpecFilter filter)
    {
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        using var drive = new TestDrive();
        var run = new SpecRun(Path.GetFullPath(file), drive, filter);
        using (Runspace runspace = Open())
        {
            try
            {
                using var shell = System.Management.Automation.PowerShell.Create(runspace);
                runspace.SessionStateProxy.SetVariable(SpecRun.Variable, run);
                runspace.SessionStateProxy.SetVariable("TestDrive", drive.Folder);
                runspace.SessionStateProxy.Path.SetLocation(Path.GetDirectoryName(run.Files[0])!);
                MakeDrive(runspace, drive);
                shell.AddScript(Driver(), useLocalScope: true).AddArgument(run);
                shell.Invoke();
            }
            catch (Exception e) when (e is System.Management.Automation.RuntimeException or InvalidOperationException)
            {
                run.Errors.Add($"The file could not be run: {e.Message}");
            }
        }

        return new SpecResult(file, [.. run.Root.Tests.Where(test => test.IsSelected)], run.Errors, System.Diagnostics.Stopwatch.GetElapsedTime(started));
    }

    // The host is the engine's own, which has nobody to ask: a question is an error
    private static Runspace Open()
    {
        ModuleLocator.PutOnModulePath();
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThreadOptions = PSThreadOptions.ReuseThread;
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.RemoteSigned;
        AddWords(state);
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return runspace;
    }

    private static void MakeDrive(Runspace runspace, TestDrive drive)
    {
        var provider = runspace.SessionStateProxy.Provider.GetOne("FileSystem");
        runspace.SessionStateProxy.Drive.New(new("TestDrive", provider, drive.Folder, "TestDrive", credential: null), "global");
    }

    private static void AddWords(InitialSessionState state)
    {
        state.Commands.Add(new SessionStateCmdletEntry("Add-SpecBlock", typeof(AddSpecBlockCommand), helpFileName: null));
        state.Commands.Add(new SessionStateCmdletEntry("Add-SpecTest", typeof(AddSpecTestCommand), helpFileName: null));
        state.Commands.Add(new SessionStateCmdletEntry("Add-SpecStep", typeof(AddSpecStepCommand), helpFileName: null));
        state.Commands.Add(new SessionStateCmdletEntry("Assert-Should", typeof(ShouldCommand), helpFileName: null));
        state.Commands.Add(new SessionStateCmdletEntry("Set-ItResult", typeof(SetItResultCommand), helpFileName: null));
        foreach (string word in new[] { "Describe", "Context" }) state.Commands.Add(new SessionStateAliasEntry(word, "Add-SpecBlock"));
        foreach (string word in new[] { "BeforeAll", "AfterAll", "BeforeEach", "AfterEach", "BeforeDiscovery" }) state.Commands.Add(new SessionStateAliasEntry(word, "Add-SpecStep"));
        state.Commands.Add(new SessionStateAliasEntry("It", "Add-SpecTest"));
        state.Commands.Add(new SessionStateAliasEntry("Should", "Assert-Should"));
    }

    private static string Driver()
    {
        using Stream stream = typeof(SpecFile).Assembly.GetManifestResourceStream("Bastion.Specs.Driver.ps1")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
