using System.Collections;
using System.Diagnostics;
using System.Management.Automation;

namespace Bastion.Specs.Tree;

/// <summary>How a test ended.</summary>
internal enum Outcome
{
    /// <summary>It has not ended: <c>break</c>, <c>continue</c> or <c>exit</c> left it. Counts as failed.</summary>
    NotRun,

    /// <summary>Nothing went wrong.</summary>
    Passed,

    /// <summary>An assertion or another error.</summary>
    Failed,

    /// <summary>Left out by -Skip or Set-ItResult -Skipped.</summary>
    Skipped,
}

/// <summary>An It, for one row of its data.</summary>
internal sealed class Test : Node
{
    private long _started;

    /// <inheritdoc/>
    public override bool IsBlock => false;

    /// <summary>What it does.</summary>
    public required ScriptBlock Body { get; init; }

    /// <summary>The filter takes it.</summary>
    public bool IsSelected { get; set; } = true;

    /// <summary>How it ended.</summary>
    public Outcome Outcome { get; private set; }

    /// <summary>What went wrong, with where.</summary>
    public string Failure { get; private set; } = "The test did not end: break, continue or exit outside of a loop?";

    /// <summary>Why it was left out.</summary>
    public string SkippedBecause { get; private set; } = "";

    /// <summary>How long it ran.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>BeforeEach blocks, outermost first.</summary>
    public IReadOnlyList<ScriptBlock> BeforeEach => [.. Around().Reverse().SelectMany(block => block.BeforeEach)];

    /// <summary>AfterEach blocks, innermost first.</summary>
    public IReadOnlyList<ScriptBlock> AfterEach => [.. Around().SelectMany(block => block.AfterEach)];

    /// <summary>What of the row the test's own <c>param()</c> takes.</summary>
    public Hashtable Parameters
    {
        get
        {
            var taken = new Hashtable(StringComparer.OrdinalIgnoreCase);
            var declared = (Body.Ast as System.Management.Automation.Language.ScriptBlockAst)?.ParamBlock?.Parameters
                .Select(parameter => parameter.Name.VariablePath.UserPath).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (declared is null) return taken;
            foreach (DictionaryEntry pair in Data)
            {
                if (declared.Contains($"{pair.Key}")) taken[pair.Key] = pair.Value;
            }

            return taken;
        }
    }

    public void Start() => _started = Stopwatch.GetTimestamp();

    public void Passed()
    {
        Duration = Stopwatch.GetElapsedTime(_started);
        if (Outcome == Outcome.NotRun) Outcome = Outcome.Passed;
    }

    public void Failed(ErrorRecord error)
    {
        Duration = Stopwatch.GetElapsedTime(_started);
        if (error.FullyQualifiedErrorId.StartsWith(SkipSignal.Id, StringComparison.Ordinal))
        {
            SkippedBecause = error.Exception.Message;
            Outcome = Outcome.Skipped;
            return;
        }

        Outcome = Outcome.Failed;
        Failure = FailureText.Of(error);
    }

    /// <summary>Failed by something around it.</summary>
    public void FailedBefore(string what, ErrorRecord error)
    {
        Failure = what + FailureText.Of(error);
        Outcome = Outcome.Failed;
    }

    /// <summary>Fills <c>&lt;name&gt;</c> templates from the variables that the test sees.</summary>
    public void ExpandName(SessionState state) => Name = NameTemplate.Expand(Name, Item, state);

    /// <summary>Marks it as left out.</summary>
    public void LeaveOut() => Outcome = Outcome.Skipped;

    private IEnumerable<Block> Around()
    {
        for (Block? block = Parent; block is not null; block = block.Parent) yield return block;
    }
}
