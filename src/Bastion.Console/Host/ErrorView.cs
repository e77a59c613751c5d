using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Bastion.Console.Host;

/// <summary>How errors are shown: the message, then the error id and where it happened. <c>$ErrorView = 'NormalView'</c> is not followed.</summary>
public static class ErrorView
{
    /// <summary>Message and id of an error, safe for a terminal.</summary>
    public static string Text(ErrorRecord error)
    {
        ArgumentNullException.ThrowIfNull(error);
        string message = error.ErrorDetails?.Message is { Length: > 0 } details ? details : error.Exception.Message;
        string action = error.ErrorDetails?.RecommendedAction ?? "";
        string id = error.FullyQualifiedErrorId;
        string command = error.InvocationInfo?.MyCommand?.Name ?? "";
        string text = command.Length > 0 ? $"{command}: {message}" : message;
        if (action.Length > 0) text += $"\n  {action}";
        return Printable.Lines($"{text}{Position(error)}{(id.Length > 0 ? $"\n  [{id}]" : "")}");
    }

    /// <summary>Puts this view before the engine's own.</summary>
    internal static void AddTo(InitialSessionState state)
    {
        CustomControl control = CustomControl.Create(outOfBand: true)
            .StartEntry()
            .AddScriptBlockExpressionBinding($"[{typeof(ErrorView).FullName}]::Text($_)")
            .EndEntry()
            .EndControl();
        var view = new ExtendedTypeDefinition(typeof(ErrorRecord).FullName!, [new FormatViewDefinition("BastionError", control)]);
        SessionStateFormatEntry[] others = [.. state.Formats];
        state.Formats.Clear();
        state.Formats.Add(new SessionStateFormatEntry(view));
        state.Formats.Add(others);
    }

    // Only scripts have places worth naming; what was just typed is above
    private static string Position(ErrorRecord error) =>
        error.InvocationInfo is { ScriptName.Length: > 0 } at
            ? $"\n  at {at.ScriptName}:{at.ScriptLineNumber}: {at.Line.Trim()}"
            : "";
}
