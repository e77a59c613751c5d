using System.Management.Automation;
using Bastion.Credentials.Keys;

namespace Bastion.PowerShell.Credentials;

/// <summary>Lists the private keys that several accounts log on with, and warns of those whose time ends. Private halves are never shown.</summary>
[Cmdlet(VerbsCommon.Get, "BhSharedKey")]
[OutputType(typeof(SharedKey))]
public sealed class GetBhSharedKeyCommand : EngineCommand
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<SharedKeyNames>]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop) =>
        EmitNamedAsync(Name, name => Engine.SharedKeys.Resolve(new SharedKeyReference(name)), pattern => Engine.SharedKeys.List(pattern), key =>
        {
            if (Engine.SharedKeys.ReminderOf(key) is { } reminder) Warn(reminder);
            return true;
        });
}
