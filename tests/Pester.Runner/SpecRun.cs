using System.Management.Automation;
using Bastion.Specs.Tree;

namespace Bastion.Specs;

/// <summary>One spec file while it is discovered and run; the driver script and the cmdlets talk to it.</summary>
internal sealed class SpecRun(string file, TestDrive drive, SpecFilter filter)
{
    /// <summary>The variable in which the cmdlets find it.</summary>
    public const string Variable = "______specs";

    private Block _current = new() { Name = file, Drive = drive };

    /// <summary>The files to discover: this one.</summary>
    public IReadOnlyList<string> Files { get; } = [file];

    /// <summary>The file's own block.</summary>
    public IReadOnlyList<Block> Roots => [Root];

    /// <summary>The file's own block.</summary>
    public Block Root => _root ??= _current;

    private Block? _root;

    /// <summary>What broke the file as a whole.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Blocks and tests can still be added.</summary>
    public bool IsDiscovering { get; private set; } = true;

    /// <summary>The block that is being discovered.</summary>
    public Block Current
    {
        get
        {
            _ = Root;
            return _current;
        }
    }

    /// <summary>Discovers a block's inside.</summary>
    public void Discover(Block block, Action body)
    {
        Block around = Current;
        around.Children.Add(block);
        _current = block;
        try
        {
            body();
        }
        finally
        {
            _current = around;
        }
    }

    /// <summary>An error that ends discovery.</summary>
    public void DiscoveryFailed(ErrorRecord error) => Errors.Add("Discovery failed: " + FailureText.Of(error));

    /// <summary>Selects what runs.</summary>
    public void EndDiscovery()
    {
        IsDiscovering = false;
        if (Errors.Count == 0 && !Root.Tests.Any()) Errors.Add("There are no tests in this file.");
        foreach (Test test in Root.Tests)
        {
            test.IsSelected = Errors.Count == 0 && filter.Takes(test);
            if (test.IsSelected && test.IsSkipped) test.LeaveOut();
        }
    }
}
