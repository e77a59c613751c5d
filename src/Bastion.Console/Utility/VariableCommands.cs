using System.Management.Automation;
using Bastion.Console.Utility;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Variable.</summary>
[Cmdlet(VerbsCommon.Get, "Variable")]
public sealed class GetVariableCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    public SwitchParameter ValueOnly { get; set; }

    [Parameter]
    public string Scope { get; set; } = "";

    protected override void ProcessRecord()
    {
        string prefix = Scope.Length == 0 ? "" : Variables.Prefix(Scope);
        foreach (string name in Name)
        {
            bool isPattern = WildcardPattern.ContainsWildcardCharacters(name);
            List<PSVariable> found = isPattern
                ? [.. InvokeProvider.Item.Get([$"Variable:{name}"], force: true, literalPath: false).Select(o => o.BaseObject).OfType<PSVariable>()]
                : SessionState.PSVariable.Get(prefix + name) is { } one ? [one] : [];
            if (found.Count == 0 && !isPattern)
            {
                WriteError(new ErrorRecord(new ItemNotFoundException($"Cannot find a variable with the name '{name}'."), "VariableNotFound", ErrorCategory.ObjectNotFound, name));
            }

            foreach (PSVariable variable in found) WriteObject(ValueOnly ? variable.Value : variable);
        }
    }
}

/// <summary>Set-Variable and, refusing what is there, New-Variable.</summary>
[Cmdlet(VerbsCommon.Set, "Variable", SupportsShouldProcess = true)]
public class SetVariableCommand : PSCmdlet
{
    private readonly List<object?> _input = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    public object? Value { get; set; }

    [Parameter]
    public string Scope { get; set; } = "local";

    [Parameter]
    public ScopedItemOptions Option { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => _input.Add(Value);

    protected override void EndProcessing()
    {
        object? value = _input.Count == 1 ? _input[0] : _input.ToArray();
        foreach (string name in Name)
        {
            if (!ShouldProcess($"Name: {name} Value: {Values.Text(value)}", "Set variable")) continue;
            string path = Variables.Prefix(Scope) + name;
            SessionState.PSVariable.Set(path, value);
            PSVariable variable = SessionState.PSVariable.Get(path);
            if (MyInvocation.BoundParameters.ContainsKey(nameof(Option))) variable.Options = Option;
            if (PassThru) WriteObject(variable);
        }
    }
}

/// <summary>New-Variable.</summary>
[Cmdlet(VerbsCommon.New, "Variable", SupportsShouldProcess = true)]
public sealed class NewVariableCommand : SetVariableCommand
{
    protected override void BeginProcessing()
    {
        foreach (string name in Name)
        {
            if (Force || SessionState.PSVariable.Get(Variables.Prefix(Scope) + name) is null) continue;
            ThrowTerminatingError(new ErrorRecord(new SessionStateException($"A variable with name '{name}' already exists."), "VariableAlreadyExists", ErrorCategory.ResourceExists, name));
        }
    }
}

/// <summary>Remove-Variable.</summary>
[Cmdlet(VerbsCommon.Remove, "Variable", SupportsShouldProcess = true)]
public sealed class RemoveVariableCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            if (SessionState.PSVariable.Get(name) is null)
                WriteError(new ErrorRecord(new ItemNotFoundException($"Cannot find a variable with the name '{name}'."), "VariableNotFound", ErrorCategory.ObjectNotFound, name));
            else if (ShouldProcess($"Name: {name}", "Remove variable"))
                SessionState.PSVariable.Remove(name);
        }
    }
}

/// <summary>Get-Alias.</summary>
[Cmdlet(VerbsCommon.Get, "Alias", DefaultParameterSetName = "Name")]
[OutputType(typeof(AliasInfo))]
public sealed class GetAliasCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Name")]
    public string[] Name { get; set; } = ["*"];

    [Parameter(ParameterSetName = "Definition", Mandatory = true)]
    public string[] Definition { get; set; } = [];

    protected override void ProcessRecord()
    {
        IEnumerable<AliasInfo> all = InvokeCommand.GetCommands("*", CommandTypes.Alias, nameIsPattern: true).OfType<AliasInfo>().OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase);
        bool byName = ParameterSetName == "Name";
        foreach (string pattern in byName ? Name : Definition)
        {
            var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
            List<AliasInfo> found = [.. all.Where(a => wildcard.IsMatch(byName ? a.Name : a.Definition))];
            WriteObject(found, enumerateCollection: true);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(pattern))
                WriteError(new ErrorRecord(new ItemNotFoundException($"This command cannot find a matching alias because an alias with the name '{pattern}' does not exist."), "ItemNotFoundException", ErrorCategory.ObjectNotFound, pattern));
        }
    }
}

/// <summary>Set-Alias and New-Alias.</summary>
[Cmdlet(VerbsCommon.Set, "Alias", SupportsShouldProcess = true)]
public sealed class SetAliasCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public string Name { get; set; } = "";

    [Parameter(Position = 1, Mandatory = true)]
    public string Value { get; set; } = "";

    [Parameter]
    [ValidateSet("Global", "Local", "Script")]
    public string Scope { get; set; } = "Local";

    protected override void ProcessRecord()
    {
        if (ShouldProcess($"Name: {Name} Value: {Value}", "Set Alias")) InvokeProvider.Item.Set($"Alias:{Variables.Prefix(Scope)}{Name}", Value);
    }
}

/// <summary>Scope names as the prefix of a variable path.</summary>
internal static class Variables
{
    public static string Prefix(string scope) => scope.ToLowerInvariant() switch
    {
        "global" or "local" or "script" or "private" => scope + ":",
        "0" => "local:",
        _ => throw new PSNotSupportedException($"The scope '{scope}' is not supported here; Global, Script and Local are."),
    };
}
