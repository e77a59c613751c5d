using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Bastion.Console.Host;

/// <summary>The PowerShell that comes with the program: a whole one, in its own folder, run in this process.</summary>
internal static class PowerShellHome
{
    /// <summary>Where it is; PowerShell calls it <c>$PSHOME</c>.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "powershell");

    /// <summary>Lets its assemblies and native libraries load from there. Called once, before anything of PowerShell is touched.</summary>
    public static void Use()
    {
        // A bastion calls nobody on its own
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
        var parts = new AssemblyDependencyResolver(Path.Combine(Folder, "pwsh.dll"));
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            parts.ResolveAssemblyToPath(name) is { } path ? context.LoadFromAssemblyPath(path) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            parts.ResolveUnmanagedDllToPath(name) is { } path ? NativeLibrary.Load(path) : IntPtr.Zero;
    }
}
