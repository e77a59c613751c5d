using System.Management.Automation.Runspaces;
using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands;

namespace Bastion.Console.Utility;

/// <summary>Stand-ins for the cmdlets of Microsoft.PowerShell.Utility and .Management, which the engine's NuGet package lacks.</summary>
internal static class StandIns
{
    /// <summary>Adds the stand-ins, unless the real modules were put beside the engine.</summary>
    public static void AddTo(InitialSessionState state)
    {
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, "Microsoft.PowerShell.Commands.Utility.dll"))) return;
        foreach (Type type in typeof(StandIns).Assembly.GetTypes())
        {
            if (type.Namespace != typeof(WriteOutputCommand).Namespace) continue;
            if (type.GetCustomAttribute<CmdletAttribute>() is not { } name) continue;
            string command = $"{name.VerbName}-{name.NounName}";
            state.Commands.Add(new SessionStateCmdletEntry(command, type, helpFileName: null));
            foreach (string alias in type.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? [])
            {
                if (state.Commands[alias].Count == 0) state.Commands.Add(new SessionStateAliasEntry(alias, command));
            }
        }
    }
}
