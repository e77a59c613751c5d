using System.Management.Automation;

namespace Bastion.Specs.Tree;

/// <summary>A Describe, a Context, or the file itself.</summary>
internal sealed class Block : Node
{
    /// <inheritdoc/>
    public override bool IsBlock => true;

    /// <summary>Blocks and tests, in the order of the file.</summary>
    public List<Node> Children { get; } = [];

    /// <summary>Once, before the first test.</summary>
    public List<ScriptBlock> BeforeAll { get; } = [];

    /// <summary>Once, after the last test.</summary>
    public List<ScriptBlock> AfterAll { get; } = [];

    /// <summary>Before each test here and below.</summary>
    public List<ScriptBlock> BeforeEach { get; } = [];

    /// <summary>After each test here and below.</summary>
    public List<ScriptBlock> AfterEach { get; } = [];

    /// <summary>TestDrive files that were there when the block was entered.</summary>
    public required TestDrive Drive { get; init; }

    /// <summary>A test in here is to run.</summary>
    public bool HasWork
    {
        get
        {
            bool has = Tests.Any(test => test.IsSelected && !test.IsSkipped);
            if (has) Drive.Enter();
            return has;
        }
    }

    /// <summary>The tests of it and of all blocks in it.</summary>
    public IEnumerable<Test> Tests => Children.SelectMany(child => child is Block block ? block.Tests : [(Test)child]);

    /// <summary>All tests of the block fail with it.</summary>
    public void SetupFailed(ErrorRecord error)
    {
        foreach (Test test in Tests.Where(test => test.IsSelected && !test.IsSkipped)) test.FailedBefore("BeforeAll failed: ", error);
    }

    /// <summary>The last test that ran is charged: a clean-up that breaks is a defect.</summary>
    public void TeardownFailed(ErrorRecord error) =>
        Tests.LastOrDefault(test => test.IsSelected && !test.IsSkipped)?.FailedBefore("AfterAll failed: ", error);

    /// <summary>Takes away what the block left in TestDrive.</summary>
    public void Leave() => Drive.Leave();
}
