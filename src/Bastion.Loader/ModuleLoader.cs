using System.Management.Automation;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Bastion.Loader;

/// <summary>
/// Loads the engine and everything it needs from the module's <c>dependencies</c> folder into a load context of its own, so that other
/// versions of SSH.NET, SQLite and the like in the same process stay what they are. The hook on the default context answers for the engine only.
/// </summary>
/// <remarks>An assembly of its own, nested before the cmdlets: PowerShell looks at all types of those before it runs any of their code.</remarks>
public sealed class ModuleLoader : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private const string EngineName = "Bastion.Engine";

    // Set once while the module's assembly lives: an assembly can't be loaded twice into the default context, nor can its answer change.
    private static readonly Dependencies Private = new(Path.Combine(Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location)!, "dependencies"));

    /// <inheritdoc/>
    public void OnImport()
    {
        AssemblyLoadContext.Default.Resolving -= Resolve;
        AssemblyLoadContext.Default.Resolving += Resolve;
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => AssemblyLoadContext.Default.Resolving -= Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == EngineName ? Private.LoadFromAssemblyName(name) : null;

    private sealed class Dependencies(string folder) : AssemblyLoadContext("Bastion")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // Some are another for each system; the one beside the rest then only says that it runs on none.
            string file = assemblyName.Name + ".dll";
            string? path = new[] { Path.Combine(folder, "runtimes", Platform, "lib", file), Path.Combine(folder, file) }.FirstOrDefault(File.Exists);
            return path is null ? null : LoadFromAssemblyPath(path);
        }

        private static string Platform => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

        protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
        {
            string file = OperatingSystem.IsWindows() ? $"{unmanagedDllName}.dll" : OperatingSystem.IsMacOS() ? $"lib{unmanagedDllName}.dylib" : $"lib{unmanagedDllName}.so";
            string? path = Rids().Select(rid => Path.Combine(folder, "runtimes", rid, "native", file)).FirstOrDefault(File.Exists);
            return path is null ? IntPtr.Zero : LoadUnmanagedDllFromPath(path);
        }

        private static IEnumerable<string> Rids()
        {
            string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
            if (OperatingSystem.IsWindows()) return [$"win-{architecture}"];
            if (OperatingSystem.IsMacOS()) return [$"osx-{architecture}"];
            // The runtime knows what it was built for; a musl build must not get glibc's library first.
            return RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
                ? [$"linux-musl-{architecture}", $"linux-{architecture}"]
                : [$"linux-{architecture}", $"linux-musl-{architecture}"];
        }
    }
}
