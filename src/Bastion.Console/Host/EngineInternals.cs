using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

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
    public static void UseFormatShape(FrontEndCommandBase formatter, string shape)
    {
        Type inner = Internal("Microsoft.PowerShell.Commands.Internal.Format.InnerFormatShapeCommand");
        Type shapes = Internal("Microsoft.PowerShell.Commands.Internal.Format.FormatShape");
        object implementation = Activator.CreateInstance(inner, Any, binder: null, [Enum.Parse(shapes, shape)], culture: null)!;
        SetImplementation(formatter, implementation);
    }

    /// <summary>Makes an Out-… cmdlet write its formatted lines into a writer.</summary>
    public static void UseLineOutput(FrontEndCommandBase output, TextWriter writer, int columns)
    {
        Type lines = Internal("Microsoft.PowerShell.Commands.Internal.Format.TextWriterLineOutput");
        Type manager = Internal("Microsoft.PowerShell.Commands.Internal.Format.OutputManagerInner");
        object implementation = Activator.CreateInstance(manager, nonPublic: true)!;
        Property(manager, "LineOutput").SetValue(implementation, Activator.CreateInstance(lines, Any, binder: null, [writer, columns], culture: null));
        SetImplementation(output, implementation);
    }

    /// <summary>What a cmdlet throws to end the commands before it in the pipeline, as Select-Object -First does.</summary>
    public static Exception StopUpstream(PSCmdlet cmdlet)
    {
        Type type = Internal("System.Management.Automation.StopUpstreamCommandsException");
        return (Exception)Activator.CreateInstance(type, Any, binder: null, [cmdlet], culture: null)!;
    }

    /// <summary>Says that an error comes from the caller of the cmdlet that writes it, as Write-Error's do.</summary>
    public static void AttributeToCaller(ErrorRecord error, InvocationInfo? caller)
    {
        if (caller is null) return;
        MethodInfo set = typeof(ErrorRecord).GetMethod("SetInvocationInfo", Any, [typeof(InvocationInfo)]) ?? throw Missing("SetInvocationInfo");
        set.Invoke(error, [caller]);
        Property(typeof(ErrorRecord), "PreserveInvocationInfoOnce").SetValue(error, true);
    }

    private static void SetImplementation(FrontEndCommandBase command, object implementation) =>
        (typeof(FrontEndCommandBase).GetField("implementation", Any) ?? throw Missing("implementation")).SetValue(command, implementation);

    private static PropertyInfo Property(Type type, string name) => type.GetProperty(name, Any) ?? throw Missing(name);

    private static Type Internal(string name) => Engine.GetType(name, throwOnError: false) ?? throw Missing(name);

    private static MissingMemberException Missing(string name) =>
        new($"This engine ({BastionHost.EngineVersion}) has no '{name}' any more; {nameof(EngineInternals)} has to follow it.");
}
