using Bastion.Specs;
using Bastion.Specs.Tree;

namespace Bastion.Pester;

/// <summary>The spec runner fails whenever something is not as it should be.</summary>
public sealed class RunnerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("runner-");

    [Theory]
    [InlineData("Describe 'd' { }", "no tests")]
    [InlineData("", "no tests")]
    [InlineData("Describe 'd' { It 'i' { } ", "Missing closing")]
    [InlineData("Describe 'd' { nosuchcommand; It 'i' { } }", "nosuchcommand")]
    [InlineData("Describe 'd' { It 'i' { } -Loud }", "Loud")]
    [InlineData("Describe 'd' { throw 'broken'; It 'i' { } }", "broken")]
    [InlineData("InModuleScope Bastion { Describe 'd' { It 'i' { } } }", "InModuleScope")]
    public void A_file_that_cannot_be_discovered_fails(string text, string why)
    {
        SpecResult result = Run(text);
        Assert.Equal(0, result.Passed);
        Assert.Contains(result.Errors, error => error.Contains(why, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("1 | Should -Be 2")]
    [InlineData("1 | Should -BeGreat 2")]
    [InlineData("1 | Should -Be")]
    [InlineData("nosuchcommand")]
    [InlineData("throw 'x'")]
    [InlineData("Write-Error x -ErrorAction Stop")]
    [InlineData("[int]'x'")]
    [InlineData("break")]
    [InlineData("continue")]
    [InlineData("exit 0")]
    [InlineData("Mock Get-Item { }")]
    [InlineData("Describe 'inner' { }")]
    [InlineData("It 'inner' { }")]
    public void A_test_that_goes_wrong_fails(string body)
    {
        SpecResult result = Run($"Describe 'd' {{ It 'i' {{ {body} }} }}");
        Assert.Equal((0, 1), (result.Passed, result.Failed));
    }

    [Theory]
    [InlineData("BeforeAll { throw 'x' }")]
    [InlineData("BeforeEach { throw 'x' }")]
    [InlineData("AfterEach { throw 'x' }")]
    [InlineData("AfterAll { throw 'x' }")]
    public void A_step_that_goes_wrong_fails_the_test(string step)
    {
        SpecResult result = Run($"Describe 'd' {{ {step}; It 'i' {{ }} }}");
        Assert.Equal((0, 1), (result.Passed, result.Failed));
    }

    [Fact]
    public void AfterAll_runs_when_BeforeAll_broke()
    {
        string mark = Path.Combine(_folder.FullName, "mark");
        Run($"Describe 'd' {{ BeforeAll {{ throw 'x' }}; AfterAll {{ Set-Content '{mark}' x }}; It 'i' {{ }} }}");
        Assert.True(File.Exists(mark));
    }

    [Fact]
    public void A_skipped_test_is_counted_and_named_and_not_run()
    {
        SpecResult result = Run("Describe 'd' { It 'left out' -Skip { throw 'x' }; It 'i' { }; It 'said inside' { Set-ItResult -Skipped -Because 'no sshd' ; throw 'x' } }");
        Assert.Equal((1, 0, 2), (result.Passed, result.Failed, result.Skipped));
        var text = new StringWriter();
        new Report(text).Show(result);
        Assert.Contains("skipped: d › left out", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("no sshd", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_row_is_a_test_with_its_own_name()
    {
        SpecResult result = Run("Describe 'd' { It 'has <a>' -TestCases @{a=1}, @{a='two'} { $a | Should -Not -BeNullOrEmpty } }");
        Assert.Equal(["d › has 1", "d › has two"], result.Tests.Select(test => test.Path));
    }

    [Fact]
    public void Tags_and_text_choose_what_runs()
    {
        const string Text = "Describe 'd' -Tag slow { It 'one' { throw 'x' } }; Describe 'e' { It 'two' -Tag fast { }; It 'three' { throw 'x' } }";
        Assert.Equal((1, 0), Counts(Run(Text, new SpecFilter(Tags: ["fast"]))));
        Assert.Equal((1, 0), Counts(Run(Text, new SpecFilter("two"))));
        Assert.Equal((0, 1), Counts(Run(Text, new SpecFilter(Tags: ["slow"]))));
    }

    [Fact]
    public void Files_know_nothing_of_each_other()
    {
        Run("$global:left = 1; Describe 'd' { It 'i' { function global:Left { } } }");
        Assert.Equal((1, 0), Counts(Run("Describe 'd' { It 'i' { $global:left | Should -BeNullOrEmpty; { Left } | Should -Throw } }")));
    }

    [Fact]
    public void A_question_is_an_error_and_never_waits()
    {
        SpecResult result = Run("Describe 'd' { It 'i' { { Remove-Item TestDrive:/ -Confirm } | Should -Throw; { Read-Host x } | Should -Throw } }");
        Assert.Equal((1, 0), Counts(result));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static (int Passed, int Failed) Counts(SpecResult result) => (result.Passed, result.Failed);

    private SpecResult Run(string text, SpecFilter? filter = null)
    {
        string file = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.Tests.ps1");
        File.WriteAllText(file, text);
        return SpecFile.Run(file, filter ?? new SpecFilter());
    }
}
