using System.Management.Automation;
using Bastion.Users;
using Bastion.Users.Groups;

namespace Bastion.PowerShell.Users.Groups;

/// <summary>A cmdlet that puts users into groups or takes them out. What came by the pipeline is changed at its end, each group whole or not at all.</summary>
public abstract class UserGroupMemberCommand : EngineCommand
{
    private readonly Dictionary<long, Dictionary<long, User>> _asked = [];

    /// <summary>The group by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserGroupNames>]
    public UserGroupReference UserGroup { get; set; } = null!;

    /// <summary>Users by name or object.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "Member")]
    [CompletesName<UserNames>]
    public UserReference[] User { get; set; } = [];

    /// <summary>Emit the groups as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Whether members are put in; else they are taken out.</summary>
    private protected abstract bool PutsIn { get; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        UserGroup group = Engine.UserGroups.Resolve(UserGroup);
        if (!_asked.TryGetValue(group.Id, out Dictionary<long, User>? users)) _asked[group.Id] = users = [];
        return ForEachAsync(User, async reference =>
        {
            User user = Engine.Users.Resolve(reference);
            bool isIn = Engine.UserGroups.Of(new UserReference(user)).Any(g => g.Id == group.Id);
            if (isIn == PutsIn || users.ContainsKey(user.Id)) return;
            if (await ConfirmAsync(group.Name, PutsIn ? $"Put in user {user.Name}" : $"Take out user {user.Name}")) users[user.Id] = user;
        });
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken stop) => ForEachAsync(_asked, pair =>
    {
        UserReference[] users = [.. pair.Value.Values.Select(user => new UserReference(user))];
        var reference = new UserGroupReference(pair.Key);
        UserGroup group = users.Length == 0 ? Engine.UserGroups.Resolve(reference)
            : Engine.UserGroups.Change(Caller, reference, PutsIn ? new UserGroupChange { Add = users } : new UserGroupChange { Remove = users });
        if (PassThru) Emit(group);
        return Task.CompletedTask;
    });
}
