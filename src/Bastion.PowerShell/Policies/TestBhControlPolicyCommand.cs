using System.Management.Automation;
using System.Net;
using Bastion.Assets;
using Bastion.Policies;
using Bastion.Policies.Sql;
using Bastion.PowerShell.Assets;
using Bastion.PowerShell.Users;
using Bastion.Users;

namespace Bastion.PowerShell.Policies;

/// <summary>Says what the control policies would decide and why, without opening anything. Grants are not asked.</summary>
[Cmdlet(VerbsDiagnostic.Test, "BhControlPolicy")]
[OutputType(typeof(PolicyDecision))]
public sealed class TestBhControlPolicyCommand : EngineCommand
{
    /// <summary>Assets by name, instance id or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetNames>]
    public AssetReference[] Asset { get; set; } = [];

    /// <summary>User by name or object.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [CompletesName<UserNames>]
    public UserReference User { get; set; } = default!;

    /// <summary>Login on the asset.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [CompletesName<AssetAccountNames>]
    public string Account { get; set; } = "";

    /// <summary>What would be opened, e.g. <c>SshExec</c>, <c>Sftp*</c>; a shell, if not given, or <c>SshExec</c> with a command.</summary>
    [Parameter(Position = 3)]
    [ValidateNotNullOrEmpty]
    [CompletesName<ChannelNames>]
    [SupportsWildcards]
    public string[] Channel { get; set; } = [nameof(ProtocolChannel.SshShell)];

    /// <summary>The command that would run.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Command { get; set; }

    /// <summary>The SQL that would run, on a database.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Statement { get; set; }

    /// <summary>Whose SQL the statement is; that of the asset's engine, if not given.</summary>
    [Parameter]
    public SqlDialect? Dialect { get; set; }

    /// <summary>From where; from where you are, if not given.</summary>
    [Parameter]
    [ValidateNotNull]
    public IPAddress? SourceAddress { get; set; }

    /// <summary>When; now, if not given.</summary>
    [Parameter]
    public DateTimeOffset? At { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        IReadOnlyList<ProtocolChannel> channels = ProtocolChannels.Parse(Command is null || IsGiven(nameof(Channel)) ? Channel : [nameof(ProtocolChannel.SshExec)]);
        return ForEachAsync(Asset, asset =>
        {
            if (Statement is not null)
            {
                Emit(Engine.Policies.TestStatement(User, asset, Account, Statement, Dialect, SourceAddress ?? Caller.SourceAddress, At));
                return;
            }

            foreach (ProtocolChannel channel in channels)
                Emit(Engine.Policies.Test(User, asset, Account, channel, SourceAddress ?? Caller.SourceAddress, At, Command));
        });
    }
}
