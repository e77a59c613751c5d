using Bastion.HelpBuilder;

// bastion-help <module.dll> <folder with one markdown a cmdlet> <target -Help.xml> <folder of PowerShell's reference assembly>
if (args is not [var assembly, var folder, var target, var references])
{
    await Console.Error.WriteLineAsync("usage: bastion-help <module.dll> <help folder> <target file> <reference folder>");
    return 64;
}

try
{
    IReadOnlyList<Cmdlet> cmdlets = CmdletReader.Read(assembly, references);
    Maml.Write(target, cmdlets.Select(cmdlet => (cmdlet, HelpPage.Read(Path.Combine(folder, cmdlet.Name + ".md")))));
    return 0;
}
catch (HelpException e)
{
    await Console.Error.WriteLineAsync($"error BHHELP: {e.Message}");
    return 1;
}
