using System.Management.Automation;
using System.Text;
using Bastion.Users;
using Bastion.Users.Keys;

namespace Bastion.PowerShell.Users.Keys;

/// <summary>Adds public keys with which a user signs in.</summary>
[Cmdlet(VerbsCommon.Add, "BhUserPublicKey", SupportsShouldProcess = true, DefaultParameterSetName = "Text")]
[OutputType(typeof(UserPublicKey))]
public sealed class AddBhUserPublicKeyCommand : EngineCommand
{
    /// <summary>The user by name or object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [CompletesName<UserNames>]
    public UserReference User { get; set; } = null!;

    /// <summary>Keys as OpenSSH writes them: type, Base64 and a comment in one line.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Text")]
    public string[] PublicKey { get; set; } = [];

    /// <summary>Files with such lines, e.g. <c>~/.ssh/id_ed25519.pub</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "File")]
    public string[] Path { get; set; } = [];

    /// <summary>Free text. Without it: what stands behind the key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Comment { get; set; }

    /// <summary>Emit the keys.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        User user = Engine.Users.Resolve(User);
        string[] lines = ParameterSetName == "File" ? [.. Path.Select(path => Encoding.UTF8.GetString(ReadFile(path)))] : PublicKey;
        if (!await ConfirmAsync(user.Name, "Add public keys")) return;
        IReadOnlyList<UserPublicKey> added = Engine.UserPublicKeys.Add(Caller, new UserReference(user), lines, Comment);
        if (PassThru) Emit(added);
    }
}
