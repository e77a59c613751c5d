using System.Management.Automation;

namespace Bastion.Specs.Tree;

/// <summary>Leaves the running test as skipped: what Set-ItResult -Skipped throws.</summary>
internal static class SkipSignal
{
    /// <summary>Its error id.</summary>
    public const string Id = "PesterTestSkipped";

    /// <summary>The error that says so.</summary>
    public static ErrorRecord Because(string reason) =>
        new(new RuntimeException(reason), Id, ErrorCategory.OperationStopped, targetObject: null);
}
