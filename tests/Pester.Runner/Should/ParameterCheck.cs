using System.Management.Automation;

namespace Bastion.Specs.Should;

/// <summary>Should -HaveParameter.</summary>
internal static class ParameterCheck
{
    public static (bool Holds, string Expectation) Judge(ShouldCommand should, object? actual)
    {
        if ((actual is PSObject wrapped ? wrapped.BaseObject : actual) is not CommandInfo command)
            throw new NotSupportedException("Should -HaveParameter takes a command: Get-Command … | Should -HaveParameter …");
        string expectation = $"have a parameter {should.ParameterName}";
        if (!command.Parameters.TryGetValue(should.ParameterName, out ParameterMetadata? parameter)) return (false, expectation);
        bool holds = true;
        if (should.Type is not null)
        {
            Type type = should.Type as Type ?? (should.Type as PSObject)?.BaseObject as Type ?? LanguagePrimitives.ConvertTo<Type>($"{should.Type}".Trim('[', ']'));
            Want($"of type [{type.FullName}]", parameter.ParameterType == type);
        }

        IEnumerable<ParameterAttribute> attributes = parameter.Attributes.OfType<ParameterAttribute>();
        if (should.InParameterSet is { } set)
        {
            attributes = attributes.Where(a => string.Equals(a.ParameterSetName, set, StringComparison.OrdinalIgnoreCase) || a.ParameterSetName == ParameterAttribute.AllParameterSets);
            Want($"in the parameter set {set}", attributes.Any());
        }

        if (should.Mandatory) Want("which is mandatory", attributes.Any(a => a.Mandatory));
        if (should.HasArgumentCompleter) Want("with an argument completer", parameter.Attributes.Any(a => a is ArgumentCompleterAttribute or IArgumentCompleterFactory));
        foreach (string alias in should.Alias) Want($"with the alias {alias}", parameter.Aliases.Contains(alias, StringComparer.OrdinalIgnoreCase));
        return (holds, expectation);

        void Want(string what, bool has)
        {
            expectation += $", {what}";
            holds &= has;
        }
    }
}
