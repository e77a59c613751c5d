using System.Xml.Linq;

namespace Bastion.HelpBuilder;

/// <summary>Writes the help file that PowerShell reads (MAML).</summary>
internal static class Maml
{
    private static readonly XNamespace Root = "http://msh";
    private static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static void Write(string path, IEnumerable<(Cmdlet Cmdlet, HelpPage Page)> cmdlets)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        new XDocument(new XElement(Root + "helpItems", new XAttribute("schema", "maml"), cmdlets.Select(c => Item(c.Cmdlet, c.Page)))).Save(path);
    }

    private static XElement Item(Cmdlet cmdlet, HelpPage page) => new(Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Text), new XAttribute(XNamespace.Xmlns + "command", Command), new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Command + "verb", cmdlet.Verb),
            new XElement(Command + "noun", cmdlet.Noun),
            new XElement(Text + "description", Para(cmdlet.Synopsis))),
        new XElement(Text + "description", page.Description.Select(Para)),
        new XElement(Command + "syntax", cmdlet.Sets.Select(set => Syntax(cmdlet, set))),
        new XElement(Command + "parameters", All(cmdlet).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => Parameter(p, p.Sets[0], full: true))),
        new XElement(Command + "inputTypes", All(cmdlet).Where(p => p.Sets.Any(s => s.FromPipeline)).Select(p => new XElement(Command + "inputType",
            new XElement(Dev + "type", new XElement(Text + "name", p.Type)), new XElement(Text + "description", Para(p.Description))))),
        new XElement(Command + "returnValues", cmdlet.Outputs.Select(type => new XElement(Command + "returnValue",
            new XElement(Dev + "type", new XElement(Text + "name", type)), new XElement(Text + "description")))),
        new XElement(Text + "alertSet", new XElement(Text + "alert", page.Notes.Select(Para))),
        new XElement(Command + "examples", page.Examples.Select((example, i) => new XElement(Command + "example",
            new XElement(Text + "title", $"Example {i + 1}: {example.Title}"),
            new XElement(Dev + "code", example.Code),
            new XElement(Dev + "remarks", example.Remarks.Select(Para))))),
        new XElement(Command + "relatedLinks", page.Links.Select(link => new XElement(Text + "navigationLink",
            new XElement(Text + "linkText", link), new XElement(Text + "uri", link.StartsWith("http", StringComparison.Ordinal) ? link : "")))));

    private static IEnumerable<CmdletParameter> All(Cmdlet cmdlet) => cmdlet.Confirms ? cmdlet.Parameters.Append(Risk("WhatIf", "Shows what would be done, and does nothing.")).Append(Risk("Confirm", "Asks before each change.")) : cmdlet.Parameters;

    private static CmdletParameter Risk(string name, string description) =>
        new(name, "SwitchParameter", IsSwitch: true, description, [name == "WhatIf" ? "wi" : "cf"], Wildcards: false, [], [new SetParameter(CmdletReader.AllSets, Mandatory: false, null, FromPipeline: false, FromPropertyName: false)]);

    private static XElement Syntax(Cmdlet cmdlet, string set) => new(Command + "syntaxItem",
        new XElement(Text + "name", cmdlet.Name),
        All(cmdlet)
            .Select(p => (Parameter: p, In: p.Sets.FirstOrDefault(s => s.Set == set) ?? p.Sets.FirstOrDefault(s => s.Set == CmdletReader.AllSets)))
            .Where(p => p.In is not null)
            .OrderBy(p => p.In!.Position ?? int.MaxValue).ThenByDescending(p => p.In!.Mandatory)
            .Select(p => Parameter(p.Parameter, p.In!, full: false)));

    private static XElement Parameter(CmdletParameter parameter, SetParameter on, bool full) => new(Command + "parameter",
        new XAttribute("required", on.Mandatory),
        new XAttribute("variableLength", parameter.Type.EndsWith("[]", StringComparison.Ordinal)),
        new XAttribute("globbing", parameter.Wildcards),
        new XAttribute("pipelineInput", (on.FromPipeline, on.FromPropertyName) switch { (true, true) => "True (ByValue, ByPropertyName)", (true, false) => "True (ByValue)", (false, true) => "True (ByPropertyName)", _ => "False" }),
        new XAttribute("position", on.Position?.ToString() ?? "named"),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(Text + "name", parameter.Name),
        full ? new XElement(Text + "description", Para(parameter.Description)) : null,
        parameter.Values.Count > 0 && !parameter.IsSwitch
            ? new XElement(Command + "parameterValueGroup", parameter.Values.Select(v => new XElement(Command + "parameterValue", new XAttribute("required", "false"), v)))
            : null,
        parameter.IsSwitch ? null : new XElement(Command + "parameterValue", new XAttribute("required", "true"), parameter.Type),
        full ? new XElement(Dev + "type", new XElement(Text + "name", parameter.Type)) : null,
        full ? new XElement(Dev + "defaultValue", parameter.IsSwitch ? "False" : "None") : null);

    private static XElement Para(string text) => new(Text + "para", text);
}
