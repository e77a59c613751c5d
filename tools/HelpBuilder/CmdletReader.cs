using System.Xml.Linq;
using Mono.Cecil;

namespace Bastion.HelpBuilder;

/// <summary>A parameter in one parameter set.</summary>
internal sealed record SetParameter(string Set, bool Mandatory, int? Position, bool FromPipeline, bool FromPropertyName);

/// <summary>A parameter.</summary>
internal sealed record CmdletParameter(string Name, string Type, bool IsSwitch, string Description, IReadOnlyList<string> Aliases, bool Wildcards, IReadOnlyList<string> Values, IReadOnlyList<SetParameter> Sets);

/// <summary>What the compiled module tells of a cmdlet.</summary>
internal sealed record Cmdlet(string Verb, string Noun, string Synopsis, string? DefaultSet, bool Confirms, IReadOnlyList<CmdletParameter> Parameters, IReadOnlyList<string> Outputs)
{
    public string Name => $"{Verb}-{Noun}";

    /// <summary>Names of the parameter sets; the default one first.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            string[] named = [.. Parameters.SelectMany(p => p.Sets).Select(s => s.Set).Where(s => s != CmdletReader.AllSets).Distinct().OrderByDescending(s => s == DefaultSet)];
            if (named.Length == 0) return [CmdletReader.AllSets];
            return DefaultSet is null || named.Contains(DefaultSet) ? named : [DefaultSet, .. named];
        }
    }
}

/// <summary>Reads cmdlets from a compiled module and the XML comments beside it, without loading it.</summary>
internal static class CmdletReader
{
    public const string AllSets = "__AllParameterSets";

    public static IReadOnlyList<Cmdlet> Read(string assemblyPath, string references)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(assemblyPath));
        resolver.AddSearchDirectory(references);
        using var assembly = AssemblyDefinition.ReadAssembly(assemblyPath, new ReaderParameters { AssemblyResolver = resolver });
        Dictionary<string, string> comments = Comments(Path.ChangeExtension(assemblyPath, ".xml"));
        return
        [
            .. assembly.MainModule.GetTypes()
                .Select(type => (Type: type, Attribute: Find(type, "CmdletAttribute")))
                .Where(found => found.Attribute is not null)
                .Select(found => Cmdlet(found.Type, found.Attribute!, comments))
                .OrderBy(cmdlet => cmdlet.Noun, StringComparer.Ordinal).ThenBy(cmdlet => cmdlet.Verb, StringComparer.Ordinal),
        ];
    }

    private static Cmdlet Cmdlet(TypeDefinition type, CustomAttribute attribute, Dictionary<string, string> comments) => new(
        (string)attribute.ConstructorArguments[0].Value,
        (string)attribute.ConstructorArguments[1].Value,
        Comment(comments, $"T:{type.FullName}"),
        Named(attribute, "DefaultParameterSetName") as string,
        Named(attribute, "SupportsShouldProcess") is true,
        [.. WithBases(type).Reverse().SelectMany(t => t.Properties).Where(p => Find(p, "ParameterAttribute") is not null).Select(p => Parameter(p, comments))],
        [.. type.CustomAttributes.Where(a => a.AttributeType.Name == "OutputTypeAttribute").SelectMany(Types).Where(t => t != "System.Void")]);

    private static CmdletParameter Parameter(PropertyDefinition property, Dictionary<string, string> comments) => new(
        property.Name,
        TypeName(property.PropertyType),
        property.PropertyType.Name == "SwitchParameter",
        Comment(comments, $"P:{property.DeclaringType.FullName}.{property.Name}"),
        [.. property.CustomAttributes.Where(a => a.AttributeType.Name == "AliasAttribute").SelectMany(Strings)],
        Find(property, "SupportsWildcardsAttribute") is not null,
        Values(property),
        [.. property.CustomAttributes.Where(a => a.AttributeType.Name == "ParameterAttribute").Select(a => new SetParameter(
            Named(a, "ParameterSetName") as string ?? AllSets,
            Named(a, "Mandatory") is true,
            Named(a, "Position") as int?,
            Named(a, "ValueFromPipeline") is true,
            Named(a, "ValueFromPipelineByPropertyName") is true))]);

    private static IReadOnlyList<string> Values(PropertyDefinition property)
    {
        if (Find(property, "ValidateSetAttribute") is { } set) return [.. Strings(set)];
        TypeReference type = property.PropertyType is ArrayType array ? array.ElementType : property.PropertyType is GenericInstanceType { Name: "Nullable`1" } nullable ? nullable.GenericArguments[0] : property.PropertyType;
        return type.Scope.Name.StartsWith("Bastion", StringComparison.Ordinal) && type.Resolve() is { IsEnum: true } words ? [.. words.Fields.Where(f => f.IsStatic).Select(f => f.Name)] : [];
    }

    private static IEnumerable<TypeDefinition> WithBases(TypeDefinition type)
    {
        // The bases that are ours; PSCmdlet's own properties are no parameters.
        for (TypeDefinition? t = type; t is not null && t.Module == type.Module; t = t.BaseType?.Scope == type.Module ? t.BaseType.Resolve() : null) yield return t;
    }

    private static string TypeName(TypeReference type) => type switch
    {
        ArrayType array => TypeName(array.ElementType) + "[]",
        GenericInstanceType { Name: "Nullable`1" } nullable => TypeName(nullable.GenericArguments[0]),
        _ => type.Name,
    };

    private static CustomAttribute? Find(ICustomAttributeProvider provider, string name) => provider.CustomAttributes.FirstOrDefault(a => a.AttributeType.Name == name);

    private static object? Named(CustomAttribute attribute, string name) => attribute.Properties.FirstOrDefault(p => p.Name == name).Argument.Value;

    private static IEnumerable<string> Strings(CustomAttribute attribute) =>
        attribute.ConstructorArguments.SelectMany(a => a.Value is CustomAttributeArgument[] many ? many.Select(m => m.Value) : [a.Value]).OfType<string>();

    private static IEnumerable<string> Types(CustomAttribute attribute) =>
        attribute.ConstructorArguments.SelectMany(a => a.Value is CustomAttributeArgument[] many ? many.Select(m => m.Value) : [a.Value]).OfType<TypeReference>().Select(t => t.FullName);

    private static Dictionary<string, string> Comments(string path) => XDocument.Load(path).Descendants("member")
        .Where(m => m.Element("summary") is not null)
        .ToDictionary(m => (string)m.Attribute("name")!, m => Text(m.Element("summary")!), StringComparer.Ordinal);

    private static string Text(XElement summary)
    {
        foreach (XElement see in summary.Descendants().Where(e => e.Name.LocalName is "see" or "paramref").ToList())
            see.ReplaceWith((string?)see.Attribute("langword") ?? ((string?)see.Attribute("cref") ?? (string?)see.Attribute("name") ?? "").Split('.', ':')[^1]);
        return string.Join(' ', summary.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Comment(Dictionary<string, string> comments, string member) =>
        comments.TryGetValue(member, out string? text) ? text : throw new HelpException($"{member} has no summary.");
}
