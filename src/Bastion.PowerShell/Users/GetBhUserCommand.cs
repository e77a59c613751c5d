using System.Management.Automation;
using Bastion.Users;

namespace Bastion.PowerShell.Users;

/// <summary>Lists the bastion's users.</summary>
[Cmdlet(VerbsCommon.Get, "BhUser")]
[OutputType(typeof(User))]
public sealed class GetBhUserCommand : EngineCommand
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) => ForEachAsync(Name, name =>
    {
        var pattern = new NamePattern(name);
        if (pattern.IsLiteral) Emit(Engine.Users.Resolve(new UserReference(name)));
        else Emit(Engine.Users.List(new UserFilter { Names = [pattern] }));
        return Task.CompletedTask;
    });
}
