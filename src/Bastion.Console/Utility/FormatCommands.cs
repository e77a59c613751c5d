using System.Management.Automation;
using Bastion.Console.Host;
using Bastion.Console.Utility;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Microsoft.PowerShell.Commands;

/// <summary>Format-Table: the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
[Alias("ft")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand() => EngineInternals.UseFormatShape(this, "Table");
}

/// <summary>Format-List: the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
[Alias("fl")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand() => EngineInternals.UseFormatShape(this, "List");
}
