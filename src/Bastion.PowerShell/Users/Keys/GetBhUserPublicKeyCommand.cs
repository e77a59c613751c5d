using System.Management.Automation;
using Bastion.Users;
using Bastion.Users.Keys;

namespace Bastion.PowerShell.Users.Keys;

/// <summary>Lists the public keys with which users sign in.</summary>
[Cmdlet(VerbsCommon.Get, "BhUserPublicKey")]
[OutputType(typeof(UserPublicKey))]
public sealed class GetBhUserPublicKeyCommand : EngineCommand
{
    /// <summary>Users by name or object; all, if none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <summary>Only keys with these fingerprints, with wildcards.</summary>
    [Parameter]
    [CompletesName<UserKeyNames>]
    [SupportsWildcards]
    public string[] Fingerprint { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        // Case counts in Base64.
        WildcardPattern[] patterns = [.. Fingerprint.Select(f => new WildcardPattern(f, WildcardOptions.CultureInvariant))];
        UserReference?[] users = User.Length == 0 ? new UserReference?[1] : User; // no user in particular: all
        return ForEachAsync(users, user => Emit(Engine.UserPublicKeys.List(user).Where(key => patterns.Length == 0 || Array.Exists(patterns, p => p.IsMatch(key.Fingerprint)))));
    }
}
