namespace Bastion.Unit.Console;

/// <summary>Scripts and commands without a terminal: what comes out, and the exit code.</summary>
public sealed class ScriptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("script-");

    [Fact]
    public async Task Arguments_bind_as_with_pwsh()
    {
        Script("param([string] $Name, [int] $Count = 1, [switch] $Loud) \"$Name $Count $Loud $($args -join '+')\"");
        Assert.Equal((0, "a b 3 True c+-d\n"), await Run("a b", "-Count:3", "-Loud", "c", "-d"));
        Assert.Equal((0, "x 1 False \n"), await Run("-Name", "x", "-Loud:$false"));
    }

    [Fact]
    public async Task An_argument_of_the_wrong_type_is_an_error()
    {
        Script("param([int] $Count) 'not reached'");
        (int code, string output, string errors) = await Bastions.RunAsync([Path.Combine(_folder.FullName, "job.ps1"), "-Count", "many"]);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("many", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 5", 5)]
    [InlineData("function Leave { exit 6 }; 1 | ForEach-Object { Leave }; 'not reached'", 6)]
    [InlineData("$null = 1", 0)]
    [InlineData("throw 'bad'", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Item /no/such; 'not reached'", 1)]
    [InlineData("if (", 1)]
    [InlineData("#requires -Version 99\n'not reached'", 1)]
    [InlineData("sh -c 'exit 3'; exit $LASTEXITCODE", 3)]
    public async Task The_exit_code_is_what_the_script_came_to(string script, int code)
    {
        Script(script);
        Assert.Equal((code, ""), await Run());
    }

    [Theory]
    [InlineData("exit 4", 4)]
    [InlineData("throw 'bad'", 1)]
    [InlineData("Get-Item /no/such", 1)]
    [InlineData("sh -c 'exit 9'", 1)]
    [InlineData("$null = 1", 0)]
    public async Task The_exit_code_of_commands_is_1_when_the_last_failed(string commands, int code)
    {
        Assert.Equal((code, ""), Two(await Bastions.RunAsync(["-c", commands])));
        Assert.Equal((code, ""), Two(await Bastions.RunAsync(["-"], commands)));
    }

    [Fact]
    public async Task Errors_go_to_standard_error_without_colours()
    {
        Script("'before'; Write-Warning careful; throw 'bad thing'");
        (_, string output, string errors) = await Bastions.RunAsync([Path.Combine(_folder.FullName, "job.ps1")]);
        Assert.Equal("before\nWARNING: careful\n", output);
        Assert.Contains("bad thing", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', errors);
    }

    [Fact]
    public async Task Standard_input_is_the_scripts_input()
    {
        Script("$input | ForEach-Object { \"got $_\" }");
        Assert.Equal((0, "got a\ngot b\n"), Two(await Bastions.RunAsync([Path.Combine(_folder.FullName, "job.ps1")], "a\nb\n")));
        Assert.Equal((0, "got c\n"), Two(await Bastions.RunAsync(["-c", "$input | ForEach-Object { \"got $_\" }"], "c\n")));
    }

    [Fact]
    public async Task Commands_from_standard_input_may_span_lines() =>
        Assert.Equal((3, "one\ntwo\n"), Two(await Bastions.RunAsync([], "'one'\nif ($true) {\n  'two'\n}\nexit 3\n")));

    [Fact]
    public async Task Modules_and_dot_sourced_scripts_beside_the_script_are_found()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "Shapes.psm1"), "class Shape { [int] $Sides = 4 }");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "lib.ps1"), "$fromLib = 'lib'");
        Script("using module ./Shapes.psm1\n. $PSScriptRoot/lib.ps1\n\"$([Shape]::new().Sides) $fromLib\"");
        Assert.Equal((0, "4 lib\n"), await Run());
    }

    [Fact]
    public async Task Text_goes_through_native_commands_unharmed()
    {
        Script("'bé', 'a' | sort | ForEach-Object { \"[$_]\" }; $o = sh -c 'echo out; echo err >&2' 2>&1; ($o | Sort-Object) -join ','");
        Assert.Equal((0, "[a]\n[bé]\nerr,out\n"), await Run());
    }

    [Fact]
    public async Task A_question_without_a_terminal_is_an_error() =>
        Assert.Equal((1, ""), Two(await Bastions.RunAsync(["-NonInteractive", "-c", "$ErrorActionPreference = 'Stop'; Read-Host name"])));

    [Fact]
    public async Task The_module_is_there_for_commands_and_a_broken_one_ends_the_program()
    {
        string manifest = Path.Combine(_folder.FullName, "Bastion.psd1"), code = Path.Combine(_folder.FullName, "Bastion.psm1");
        await File.WriteAllTextAsync(manifest, "@{ ModuleVersion = '1.0'; RootModule = 'Bastion.psm1'; FunctionsToExport = 'Get-Answer' }");
        await File.WriteAllTextAsync(code, "function Get-Answer { 42 }");
        Assert.Equal((0, "42\n"), Two(await Bastions.RunWithAsync(manifest, "Get-Answer")));
        await File.WriteAllTextAsync(code, "throw 'broken'");
        (int exit, string output, string errors) = await Bastions.RunWithAsync(manifest, "'not reached'");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("broken", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such.ps1")]
    [InlineData("-NoSuchThing")]
    public async Task Bad_usage_is_64(string argument) => Assert.Equal((64, ""), Two(await Bastions.RunAsync([argument])));

    [Fact]
    public async Task Tables_fit_the_width_asked_for()
    {
        Script("[pscustomobject]@{ Name = 'x' * 30; Text = 'y' * 30 } | Format-Table | Out-String -Width 40; [pscustomobject]@{ a = 1 } | ConvertTo-Csv; [ordered]@{ b = 2 } | ConvertTo-Json -Compress");
        (_, string output) = await Run();
        Assert.All(output.Split('\n'), line => Assert.True(line.Length <= 40, line));
        Assert.EndsWith("\"a\"\n\"1\"\n{\"b\":2}\n", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Script(string text) => File.WriteAllText(Path.Combine(_folder.FullName, "job.ps1"), text);

    private async Task<(int Code, string Output)> Run(params string[] arguments) =>
        Two(await Bastions.RunAsync([Path.Combine(_folder.FullName, "job.ps1"), .. arguments], folder: _folder.FullName));

    private static (int Code, string Output) Two((int Code, string Output, string Errors) result) => (result.Code, result.Output);
}
