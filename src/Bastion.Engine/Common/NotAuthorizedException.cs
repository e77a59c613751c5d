namespace Bastion;

/// <summary>The caller's roles don't allow it.</summary>
public sealed class NotAuthorizedException : BastionException
{
    /// <param name="caller">Who asked.</param>
    public NotAuthorizedException(string caller)
        : base("NotAuthorized", ErrorKind.Denied, caller, $"'{caller}' may not do that. Get-BhRole lists who may do what; an administrator gives roles with Grant-BhRole.")
    {
    }

    private NotAuthorizedException(string subject, string message)
        : base("NotAuthorized", ErrorKind.Denied, subject, message)
    {
    }

    internal static NotAuthorizedException ForEverything(string caller, Role role) => new(caller,
        $"'{caller}' does not hold the role {role} for everything, which this takes. An administrator for everything can do it, or give the role: Grant-BhRole {role}.");

    /// <summary>The same whether the thing is there or not: who may not see it does not learn it.</summary>
    internal static NotAuthorizedException Elsewhere(string caller, Role role, string? subject) => new(subject ?? caller,
        $"'{Printable.Escape(subject ?? "that")}' is not there, or not all of it is in the projects for which '{caller}' holds the role {role}. Get-BhRole lists who may do what.");
}
