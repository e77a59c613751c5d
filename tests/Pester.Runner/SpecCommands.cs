using System.Collections;
using System.Management.Automation;
using Bastion.Specs.Tree;

namespace Bastion.Specs;

/// <summary>What the words of the language share: the run they belong to.</summary>
public abstract class SpecCommand : PSCmdlet
{
    private protected SpecRun Specs
    {
        get
        {
            object? value = SessionState.PSVariable.GetValue(SpecRun.Variable);
            var run = (value is PSObject wrapped ? wrapped.BaseObject : value) as SpecRun
                ?? throw new InvalidOperationException($"{MyInvocation.InvocationName} works in a spec file only.");
            return run.IsDiscovering ? run : throw new InvalidOperationException($"{MyInvocation.InvocationName} cannot stand inside It or a setup block.");
        }
    }
}

/// <summary>Describe and Context.</summary>
[Cmdlet(VerbsCommon.Add, "SpecBlock")]
public sealed class AddSpecBlockCommand : SpecCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock Fixture { get; set; } = null!;

    [Parameter]
    [Alias("Tags")]
    public string[] Tag { get; set; } = [];

    [Parameter]
    [AllowEmptyCollection]
    public object?[]? ForEach { get; set; }

    [Parameter]
    public SwitchParameter Skip { get; set; }

    protected override void EndProcessing()
    {
        SpecRun specs = Specs;
        foreach ((bool hasItem, object? item) in Rows.Of(ForEach))
        {
            var block = new Block
            {
                Parent = specs.Current,
                Name = NameTemplate.Expand(Name, item, scope: null),
                Tags = Tag,
                Skip = Skip,
                HasItem = hasItem,
                Item = item,
                Drive = specs.Root.Drive,
            };
            List<PSVariable> variables = [.. block.Data.Select(pair => new PSVariable($"{pair.Key}", pair.Value))];
            if (hasItem) variables.Add(new PSVariable("_", item));
            specs.Discover(block, () => Fixture.InvokeWithContext(functionsToDefine: null, variables));
        }
    }
}

/// <summary>It.</summary>
[Cmdlet(VerbsCommon.Add, "SpecTest")]
public sealed class AddSpecTestCommand : SpecCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock Test { get; set; } = null!;

    [Parameter]
    [Alias("ForEach")]
    [AllowEmptyCollection]
    public object?[]? TestCases { get; set; }

    [Parameter]
    [Alias("Tags")]
    public string[] Tag { get; set; } = [];

    [Parameter]
    public SwitchParameter Skip { get; set; }

    protected override void EndProcessing()
    {
        SpecRun specs = Specs;
        foreach ((bool hasItem, object? item) in Rows.Of(TestCases))
        {
            specs.Current.Children.Add(new Test
            {
                Parent = specs.Current,
                Name = NameTemplate.Expand(Name, item, scope: null),
                Body = Test,
                Tags = Tag,
                Skip = Skip,
                HasItem = hasItem,
                Item = item,
            });
        }
    }
}

/// <summary>BeforeAll, AfterAll, BeforeEach, AfterEach and BeforeDiscovery, told apart by the alias.</summary>
[Cmdlet(VerbsCommon.Add, "SpecStep")]
public sealed class AddSpecStepCommand : SpecCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Scriptblock { get; set; } = null!;

    protected override void EndProcessing()
    {
        Block block = Specs.Current;
        switch (MyInvocation.InvocationName.ToLowerInvariant())
        {
            case "beforeall": block.BeforeAll.Add(Scriptblock); break;
            case "afterall": block.AfterAll.Add(Scriptblock); break;
            case "beforeeach": block.BeforeEach.Add(Scriptblock); break;
            case "aftereach": block.AfterEach.Add(Scriptblock); break;
            case "beforediscovery": InvokeCommand.InvokeScript(useLocalScope: false, Scriptblock, input: null, args: null); break;
            default: throw new InvalidOperationException($"There is no step '{MyInvocation.InvocationName}'.");
        }
    }
}

/// <summary>Set-ItResult: leaves the running test as skipped.</summary>
[Cmdlet(VerbsCommon.Set, "ItResult")]
public sealed class SetItResultCommand : PSCmdlet
{
    [Parameter(Mandatory = true)]
    public SwitchParameter Skipped { get; set; }

    [Parameter]
    public string Because { get; set; } = "";

    protected override void EndProcessing() => ThrowTerminatingError(SkipSignal.Because(Because));
}

/// <summary>Rows of -ForEach and -TestCases.</summary>
internal static class Rows
{
    /// <summary>Without the parameter one row without an item; with an empty list none.</summary>
    public static IEnumerable<(bool HasItem, object? Item)> Of(IEnumerable? rows)
    {
        if (rows is null)
        {
            yield return (false, null);
            yield break;
        }

        foreach (object? row in rows) yield return (true, row);
    }
}
