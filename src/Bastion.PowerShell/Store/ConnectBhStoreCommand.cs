using System.Management.Automation;
using System.Security;
using Bastion.PowerShell.Users;
using Bastion.Store;
using Bastion.Users;
using Bastion.Users.SignIn;

namespace Bastion.PowerShell.Store;

/// <summary>Uses a store in this session, as whoever sits at the prompt or as a user of the bastion.</summary>
[Cmdlet(VerbsCommunications.Connect, "BhStore")]
[OutputType(typeof(StoreInfo))]
public sealed class ConnectBhStoreCommand : EngineCommand
{
    /// <summary>Folder of the store. Without it: $env:BASTION_STORE, else the default of the operating system.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string? Path { get; set; }

    /// <summary>Name and password of a user of the bastion, to go on as that user.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>With -Credential: the code that the user's generator shows now.</summary>
    [Parameter]
    public string? TotpCode { get; set; }

    /// <summary>With -Credential: a password to use from now on.</summary>
    [Parameter]
    public SecureString? NewPassword { get; set; }

    /// <summary>Act with the rights of this user only, until the store is connected again: to try out roles, or not to have more rights than the work takes.</summary>
    [Parameter]
    [CompletesName<UserNames>]
    public UserReference? AsUser { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stop)
    {
        StoreLocation location = StoreLocation.Find(Path is null ? null : FullPath(Path));
        Engine engine = Engine.Open(location);
        Caller? caller;
        try
        {
            caller = Credential is not null ? SignIn(engine, Credential) : AsUser is not null ? Callers.As(engine.Users.Resolve(AsUser)) : null;
        }
        catch
        {
            engine.Dispose();
            throw;
        }

        Store.Use(location, engine, caller);
        Emit(Engine.Describe());
        return Task.CompletedTask;
    }

    private Caller SignIn(Engine engine, PSCredential credential)
    {
        using Secret password = Secret.Of(credential.Password), chosen = Secret.Of(NewPassword);
        return engine.SignIns.SignIn(Callers.Current(), new SignInAttempt { Name = credential.UserName, Password = password.Bytes!, TotpCode = TotpCode, NewPassword = chosen.Bytes }).Caller;
    }
}
