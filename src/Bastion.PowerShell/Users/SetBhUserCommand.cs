using System.Management.Automation;
using Bastion.Users;

namespace Bastion.PowerShell.Users;

/// <summary>Changes users; what is not given stays.</summary>
[Cmdlet(VerbsCommon.Set, "BhUser", SupportsShouldProcess = true)]
[OutputType(typeof(User))]
public sealed class SetBhUserCommand : EngineCommand
{
    /// <summary>Users by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <summary>New name; for one user.</summary>
    [Parameter]
    public string? NewName { get; set; }

    /// <summary>Name for people. An empty one makes it the unique name.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? DisplayName { get; set; }

    /// <summary>E-mail address. An empty one takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Email { get; set; }

    /// <summary>Not valid before. <c>$null</c> takes it away.</summary>
    [Parameter]
    public DateTimeOffset? ValidFrom { get; set; }

    /// <summary>Not valid from then on; one that has passed ends what the user may do at once. <c>$null</c> takes it away.</summary>
    [Parameter]
    public DateTimeOffset? ValidUntil { get; set; }

    /// <summary>Free text. An empty one takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Comment { get; set; }

    /// <summary>Emit the changed users.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        var update = new UserChange
        {
            Name = NewName,
            DisplayName = Given(nameof(DisplayName), DisplayName),
            Email = Given(nameof(Email), Email),
            Comment = Given(nameof(Comment), Comment),
            ValidFrom = Given(nameof(ValidFrom), ValidFrom),
            ValidUntil = Given(nameof(ValidUntil), ValidUntil),
        };
        return ForEachAsync(User, async reference =>
        {
            User user = Engine.Users.Resolve(reference);
            if (!await ConfirmAsync(user.Name, "Change user")) return;
            User changed = Engine.Users.Change(Caller, new UserReference(user), update);
            if (PassThru) Emit(changed);
        });
    }
}
