using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Bastion.Console.Host;

/// <summary>The few doors that the engine opens to its own pwsh only. The package version is pinned, and a test tries each door.</summary>
internal static class EngineInternals
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly Assembly Engine = typeof(PSObject).Assembly;

    /// <summary>Makes <c>exit N</c> of the next script reach the host, as <c>pwsh -File</c> does; else it only sets $LASTEXITCODE.</summary>
    public static void LetExitThrough(Runspace runspace)
    {
        object context = Property(typeof(Runspace), "ExecutionContext").GetValue(runspace)!;
        Property(context.GetType(), "ScriptCommandProcessorShouldRethrowExit").SetValue(context, true);
    }

    /// <summary>Gives a Format-… cmdlet its shape, <c>Table</c>, <c>List</c>, <c>Wide</c> or <c>Complex</c>.</summary>
    public static void UseFormatShape(PSCmdlet formatter, string shape)
    {
        Type inner = Internal("Microsoft.PowerShell.Commands.Internal.Format.InnerFormatShapeCommand");
        Type shapes = Internal("Microsoft.PowerShell.Commands.Internal.Format.FormatShape");
        object implementation = Activator.CreateInstance(inner, Any, binder: null, [Enum.Parse(shapes, shape)], culture: null)!;
        Type frontEnd = Internal("Microsoft.PowerShell.Commands.Internal.Format.FrontEndCommandBase");
        (frontEnd.GetField("implementation", Any) ?? throw Missing("implementation")).SetValue(formatter, implementation);
    }

    /// <summary>An output of formatted lines into a writer, for Out-LineOutput.</summary>
    public static object LineOutput(TextWriter writer, int columns)
    {
        Type type = Internal("Microsoft.PowerShell.Commands.Internal.Format.TextWriterLineOutput");
        return Activator.CreateInstance(type, Any, binder: null, [writer, columns], culture: null) ?? throw Missing(type.Name);
    }

    private static PropertyInfo Property(Type type, string name) => type.GetProperty(name, Any) ?? throw Missing(name);

    private static Type Internal(string name) => Engine.GetType(name, throwOnError: false) ?? throw Missing(name);

    private static MissingMemberException Missing(string name) =>
        new($"This engine ({BastionHost.EngineVersion}) has no '{name}' any more; {nameof(EngineInternals)} has to follow it.");
}
