using System.Collections;
using System.Management.Automation;
using Bastion.Specs.Tree;

namespace Bastion.Specs.Should;

/// <summary>Should: one parameter set an operator; an operator or parameter it does not know cannot be bound, and so fails the test.</summary>
[Cmdlet(VerbsLifecycle.Assert, "Should")]
public sealed class ShouldCommand : PSCmdlet
{
    private readonly List<object?> _input = [];

    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public object? ActualValue { get; set; }

    [Parameter(ParameterSetName = "Be", Mandatory = true)][Alias("EQ")] public SwitchParameter Be { get; set; }
    [Parameter(ParameterSetName = "BeExactly", Mandatory = true)][Alias("CEQ")] public SwitchParameter BeExactly { get; set; }
    [Parameter(ParameterSetName = "BeGreaterThan", Mandatory = true)][Alias("GT")] public SwitchParameter BeGreaterThan { get; set; }
    [Parameter(ParameterSetName = "BeGreaterOrEqual", Mandatory = true)][Alias("GE")] public SwitchParameter BeGreaterOrEqual { get; set; }
    [Parameter(ParameterSetName = "BeLessThan", Mandatory = true)][Alias("LT")] public SwitchParameter BeLessThan { get; set; }
    [Parameter(ParameterSetName = "BeLessOrEqual", Mandatory = true)][Alias("LE")] public SwitchParameter BeLessOrEqual { get; set; }
    [Parameter(ParameterSetName = "BeLike", Mandatory = true)] public SwitchParameter BeLike { get; set; }
    [Parameter(ParameterSetName = "BeLikeExactly", Mandatory = true)] public SwitchParameter BeLikeExactly { get; set; }
    [Parameter(ParameterSetName = "Match", Mandatory = true)] public SwitchParameter Match { get; set; }
    [Parameter(ParameterSetName = "MatchExactly", Mandatory = true)][Alias("CMATCH")] public SwitchParameter MatchExactly { get; set; }
    [Parameter(ParameterSetName = "Contain", Mandatory = true)] public SwitchParameter Contain { get; set; }
    [Parameter(ParameterSetName = "BeIn", Mandatory = true)] public SwitchParameter BeIn { get; set; }
    [Parameter(ParameterSetName = "HaveCount", Mandatory = true)] public SwitchParameter HaveCount { get; set; }
    [Parameter(ParameterSetName = "BeOfType", Mandatory = true)][Alias("HaveType")] public SwitchParameter BeOfType { get; set; }
    [Parameter(ParameterSetName = "BeNullOrEmpty", Mandatory = true)] public SwitchParameter BeNullOrEmpty { get; set; }
    [Parameter(ParameterSetName = "BeTrue", Mandatory = true)] public SwitchParameter BeTrue { get; set; }
    [Parameter(ParameterSetName = "BeFalse", Mandatory = true)] public SwitchParameter BeFalse { get; set; }
    [Parameter(ParameterSetName = "Exist", Mandatory = true)] public SwitchParameter Exist { get; set; }
    [Parameter(ParameterSetName = "FileContentMatch", Mandatory = true)] public SwitchParameter FileContentMatch { get; set; }
    [Parameter(ParameterSetName = "Throw", Mandatory = true)] public SwitchParameter Throw { get; set; }
    [Parameter(ParameterSetName = "HaveParameter", Mandatory = true)] public SwitchParameter HaveParameter { get; set; }

    [Parameter(ParameterSetName = "Be", Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = "BeExactly", Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = "BeGreaterThan", Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = "BeGreaterOrEqual", Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = "BeLessThan", Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = "BeLessOrEqual", Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = "BeLike", Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = "BeLikeExactly", Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = "Contain", Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = "BeIn", Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = "HaveCount", Mandatory = true, Position = 0)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? ExpectedValue { get; set; }

    [Parameter(ParameterSetName = "Match", Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = "MatchExactly", Mandatory = true, Position = 0)]
    public string RegularExpression { get; set; } = "";

    [Parameter(ParameterSetName = "FileContentMatch", Mandatory = true, Position = 0)]
    public string ExpectedContent { get; set; } = "";

    [Parameter(ParameterSetName = "BeOfType", Mandatory = true, Position = 0)]
    public object ExpectedType { get; set; } = null!;

    [Parameter(ParameterSetName = "Throw", Position = 0)] public string? ExpectedMessage { get; set; }
    [Parameter(ParameterSetName = "Throw", Position = 1)] public string? ErrorId { get; set; }
    [Parameter(ParameterSetName = "Throw", Position = 2)] public Type? ExceptionType { get; set; }
    [Parameter(ParameterSetName = "Throw")] public SwitchParameter PassThru { get; set; }

    [Parameter(ParameterSetName = "HaveParameter", Mandatory = true, Position = 0)] public string ParameterName { get; set; } = "";
    [Parameter(ParameterSetName = "HaveParameter", Position = 1)] public object? Type { get; set; }
    [Parameter(ParameterSetName = "HaveParameter")] public SwitchParameter Mandatory { get; set; }
    [Parameter(ParameterSetName = "HaveParameter")] public string? InParameterSet { get; set; }
    [Parameter(ParameterSetName = "HaveParameter")] public SwitchParameter HasArgumentCompleter { get; set; }
    [Parameter(ParameterSetName = "HaveParameter")] public string[] Alias { get; set; } = [];

    [Parameter] public SwitchParameter Not { get; set; }
    [Parameter] public string Because { get; set; } = "";

    protected override void ProcessRecord() => _input.Add(ActualValue);

    protected override void EndProcessing()
    {
        // Pester: an operator that knows lists gets all of them, another each one on its own
        object? whole = _input.Count == 0 ? null : _input.ToArray();
        switch (ParameterSetName)
        {
            case "Be" or "BeExactly" or "Contain" or "HaveCount" or "BeNullOrEmpty":
                Judge(whole);
                break;
            default:
                if (_input.Count == 0) Judge(null);
                foreach (object? one in _input) Judge(one);
                break;
        }
    }

    private void Judge(object? actual)
    {
        bool isCaseSensitive = ParameterSetName.EndsWith("Exactly", StringComparison.Ordinal);
        (bool holds, string expectation) = ParameterSetName switch
        {
            "Be" or "BeExactly" => (Compare.AreSame(actual, ExpectedValue, isCaseSensitive), $"be {Show(ExpectedValue)}"),
            "BeGreaterThan" => (Compare.Order(actual, ExpectedValue) > 0, $"be greater than {Show(ExpectedValue)}"),
            "BeGreaterOrEqual" => (Compare.Order(actual, ExpectedValue) >= 0, $"be at least {Show(ExpectedValue)}"),
            "BeLessThan" => (Compare.Order(actual, ExpectedValue) < 0, $"be less than {Show(ExpectedValue)}"),
            "BeLessOrEqual" => (Compare.Order(actual, ExpectedValue) <= 0, $"be at most {Show(ExpectedValue)}"),
            "BeLike" or "BeLikeExactly" => (Compare.IsLike(actual, ExpectedValue, isCaseSensitive), $"be like {Show(ExpectedValue)}"),
            "Match" or "MatchExactly" => (Compare.Matches(actual, RegularExpression, isCaseSensitive), $"match {Show(RegularExpression)}"),
            "Contain" => (Compare.Contains(actual, ExpectedValue), $"contain {Show(ExpectedValue)}"),
            "BeIn" => (Compare.Contains(ExpectedValue, actual), $"be in {Show(ExpectedValue)}"),
            "HaveCount" => (Compare.Count(actual) == LanguagePrimitives.ConvertTo<int>(ExpectedValue), $"have count {Show(ExpectedValue)}, which {Compare.Count(actual)} is not"),
            "BeOfType" => (IsOfType(actual), $"be of type {Show(ExpectedType)}, and it is {Show(actual is PSObject wrapped ? wrapped.BaseObject.GetType() : actual?.GetType())}"),
            "BeNullOrEmpty" => (Compare.IsNullOrEmpty(actual), "be null or empty"),
            "BeTrue" => (LanguagePrimitives.IsTrue(actual), "be true"),
            "BeFalse" => (!LanguagePrimitives.IsTrue(actual), "be false"),
            "Exist" => (SessionState.InvokeProvider.Item.Exists($"{actual}"), "exist"),
            "FileContentMatch" => (ContentMatches($"{actual}"), $"have content that matches {Show(ExpectedContent)}"),
            "Throw" => JudgeThrow(actual),
            "HaveParameter" => ParameterCheck.Judge(this, actual),
            _ => throw new NotSupportedException($"Should has no operator '{ParameterSetName}'."),
        };
        if (holds == Not) Fail($"Expected {Show(actual)}{(Not ? " not" : "")} to {expectation}");
    }

    private bool IsOfType(object? actual)
    {
        Type type = ExpectedType as Type ?? (ExpectedType as PSObject)?.BaseObject as Type ?? LanguagePrimitives.ConvertTo<Type>($"{ExpectedType}".Trim('[', ']'));
        return type.IsInstanceOfType(actual is PSObject { BaseObject: var inner } && type != typeof(PSObject) ? inner : actual);
    }

    private bool ContentMatches(string path)
    {
        string file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
        return File.ReadLines(file).Any(line => Compare.Matches(line, ExpectedContent, isCaseSensitive: false));
    }

    private (bool Holds, string Expectation) JudgeThrow(object? actual)
    {
        object? block = actual is PSObject wrapped ? wrapped.BaseObject : actual;
        if (block is not ScriptBlock script) throw new NotSupportedException("Should -Throw takes a script block: { … } | Should -Throw.");
        // A script's own catch sees the error as a user's would
        ErrorRecord? thrown = InvokeCommand
            .InvokeScript("param($______thrower) try { $null = & $______thrower } catch { $_ }", useNewScope: true, System.Management.Automation.Runspaces.PipelineResultTypes.None, input: null, script)
            .Select(o => o?.BaseObject).OfType<ErrorRecord>().LastOrDefault();
        var wanted = new List<string>();
        bool holds = thrown is not null;
        if (ExpectedMessage is { Length: > 0 }) Want($"message like '{ExpectedMessage}'", Compare.IsLike(thrown?.Exception.Message, ExpectedMessage, isCaseSensitive: false));
        if (ErrorId is { Length: > 0 }) Want($"ErrorId like '{ErrorId}'", Compare.IsLike(thrown?.FullyQualifiedErrorId, ErrorId, isCaseSensitive: false));
        if (ExceptionType is not null) Want($"type [{ExceptionType.FullName}]", ExceptionType.IsInstanceOfType(thrown?.Exception));
        string found = thrown is null ? "nothing was thrown" : $"[{thrown.Exception.GetType().Name}] '{thrown.Exception.Message}' ({thrown.FullyQualifiedErrorId}) was thrown";
        if (holds && !Not && PassThru) WriteObject(thrown);
        return (holds, $"throw{(wanted.Count > 0 ? " an error with " + string.Join(" and ", wanted) : "")}, but {found}");

        void Want(string what, bool has)
        {
            wanted.Add(what);
            holds &= has;
        }
    }

    private void Fail(string message)
    {
        string because = Because.Trim();
        if (because.Length > 0) message += $", because {(because.StartsWith("because ", StringComparison.OrdinalIgnoreCase) ? because[8..] : because)}";
        ThrowTerminatingError(new ErrorRecord(new RuntimeException(message + "."), FailureText.AssertionId, ErrorCategory.InvalidResult, targetObject: null));
    }

    internal static string Show(object? value) => value switch
    {
        null => "$null",
        PSObject { BaseObject: var inner } wrapped when inner is not PSCustomObject => Show(inner),
        string text => $"'{text}'",
        bool truth => truth ? "$true" : "$false",
        Type type => $"[{type.FullName}]",
        ScriptBlock script => $"{{{script}}}",
        object?[] { Length: 1 } one => Show(one[0]),
        IDictionary table => $"@{{{string.Join("; ", table.Cast<DictionaryEntry>().Select(pair => $"{pair.Key}={Show(pair.Value)}"))}}}",
        IEnumerable many => $"@({string.Join(", ", many.Cast<object?>().Take(20).Select(Show))})",
        _ => $"{value}",
    };
}
