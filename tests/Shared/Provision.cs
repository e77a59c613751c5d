using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Bastion.Tests;

/// <summary>Sees to what the tests need on this machine, once, before the first of them. No test is skipped for want of a program.</summary>
internal static class Provision
{
#pragma warning disable CA2255 // A test assembly is an application: nobody references it
    [ModuleInitializer]
    internal static void Run()
#pragma warning restore CA2255
    {
        if (!OperatingSystem.IsLinux()) return;
        string script = typeof(Provision).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Provision").Value!;
        using Process process = Process.Start(new ProcessStartInfo("bash", [script]) { UseShellExecute = false, RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"tests/provision.sh failed: {errors}");
    }
}
