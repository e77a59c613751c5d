using System.Management.Automation;
using System.Security;
using Bastion.Users.Directories;

namespace Bastion.PowerShell.Users.Directories;

/// <summary>Adds a directory (LDAP over TLS, Active Directory) with whose passwords users sign in.</summary>
[Cmdlet(VerbsCommon.New, "BhDirectory", SupportsShouldProcess = true)]
[OutputType(typeof(UserDirectory))]
public sealed class NewBhDirectoryCommand : EngineCommand
{
    /// <summary>Unique name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    /// <summary>Name or address of the server, as its certificate has it.</summary>
    [Parameter(Mandatory = true)]
    public string Server { get; set; } = "";

    /// <summary>Port for LDAP over TLS; 636, if not given.</summary>
    [Parameter]
    public int Port { get; set; } = 636;

    /// <summary>Where its users are, e.g. <c>ou=people,dc=example,dc=org</c>.</summary>
    [Parameter(Mandatory = true)]
    public string BaseDn { get; set; } = "";

    /// <summary>As whom it is searched. Without it: without signing in, if the server allows it.</summary>
    [Parameter]
    public string? BindDn { get; set; }

    /// <summary>The password of -BindDn.</summary>
    [Parameter]
    public SecureString? BindPassword { get; set; }

    /// <summary>Which entries are users; (objectClass=person), if not given.</summary>
    [Parameter]
    public string Filter { get; set; } = "(objectClass=person)";

    /// <summary>The attribute with the name to sign in with; uid, if not given. Active Directory has sAMAccountName.</summary>
    [Parameter]
    public string NameAttribute { get; set; } = "uid";

    /// <summary>The attribute with the name for people; cn, if not given.</summary>
    [Parameter]
    public string DisplayNameAttribute { get; set; } = "cn";

    /// <summary>The attribute with the e-mail address; mail, if not given.</summary>
    [Parameter]
    public string EmailAttribute { get; set; } = "mail";

    /// <summary>A folder of certificates of the authorities to trust, as openssl rehash leaves it. Without it: those that the system trusts. Not on Windows.</summary>
    [Parameter]
    public string? CertificateFolder { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        var directory = new UserDirectory
        {
            Name = Name,
            Server = Server,
            Port = Port,
            BaseDn = BaseDn,
            BindDn = BindDn,
            Filter = Filter,
            NameAttribute = NameAttribute,
            DisplayNameAttribute = DisplayNameAttribute,
            EmailAttribute = EmailAttribute,
            CertificateFolder = CertificateFolder is null ? null : FullPath(CertificateFolder),
        };
        if (!await ConfirmAsync(Name, "Add directory")) return;
        using Secret password = Secret.Of(BindPassword);
        Emit(Engine.UserDirectories.Add(Caller, directory, password.Bytes));
    }
}
