using System.Runtime.CompilerServices;
using Bastion.Console.Host;

namespace Bastion.Specs;

/// <summary>The engine is the console's PowerShell.</summary>
internal static class Engine
{
    [ModuleInitializer]
    internal static void Use() => PowerShellHome.Use();
}
