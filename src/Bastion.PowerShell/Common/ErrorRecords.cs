using System.Management.Automation;

namespace Bastion.PowerShell;

/// <summary>The one place where the engine's errors become PowerShell's.</summary>
internal static class ErrorRecords
{
    /// <summary>An error record with the engine's stable id.</summary>
    /// <param name="error">The error.</param>
    /// <param name="target">What was being worked on; the error's own subject, if <see langword="null"/>.</param>
    internal static ErrorRecord ToRecord(this BastionException error, object? target) => new(error, error.Id, Category(error.Kind), target ?? error.Subject);

    private static ErrorCategory Category(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.AlreadyExists => ErrorCategory.ResourceExists,
        ErrorKind.InvalidInput => ErrorCategory.InvalidArgument,
        ErrorKind.Denied => ErrorCategory.PermissionDenied,
        ErrorKind.Authentication => ErrorCategory.AuthenticationError,
        ErrorKind.Connection => ErrorCategory.ConnectionError,
        ErrorKind.Timeout => ErrorCategory.OperationTimeout,
        ErrorKind.Conflict => ErrorCategory.InvalidOperation,
        ErrorKind.Resource => ErrorCategory.ResourceUnavailable,
        ErrorKind.Security => ErrorCategory.SecurityError,
        _ => ErrorCategory.NotSpecified,
    };
}
