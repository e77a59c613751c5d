using System.Management.Automation;

namespace Bastion.Specs.Tree;

/// <summary>An error as the report shows it: message, id when it was no assertion, place.</summary>
internal static class FailureText
{
    /// <summary>The error id of a failed Should.</summary>
    public const string AssertionId = "PesterAssertionFailed";

    public static string Of(ErrorRecord error)
    {
        string message = error.ErrorDetails?.Message is { Length: > 0 } details ? details : error.Exception.Message;
        string id = error.FullyQualifiedErrorId.StartsWith(AssertionId, StringComparison.Ordinal) ? "" : $"\n[{error.FullyQualifiedErrorId}]";
        return $"{message}{id}{Place(error)}";
    }

    private static string Place(ErrorRecord error) =>
        error.InvocationInfo is { ScriptName.Length: > 0 } at
            ? $"\nat {System.IO.Path.GetFileName(at.ScriptName)}:{at.ScriptLineNumber}: {at.Line.Trim()}"
            : string.IsNullOrEmpty(error.ScriptStackTrace) ? "" : $"\n{error.ScriptStackTrace.Split('\n')[0].Trim()}";
}
