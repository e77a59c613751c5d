using System.Management.Automation;
using System.Security;
using Bastion.Console.Utility;

namespace Microsoft.PowerShell.Commands;

/// <summary>ConvertTo-SecureString from plain text; encrypted text needs the real module.</summary>
[Cmdlet(VerbsData.ConvertTo, "SecureString")]
[OutputType(typeof(SecureString))]
public sealed class ConvertToSecureStringCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string String { get; set; } = "";

    [Parameter(Position = 1)]
    public SwitchParameter AsPlainText { get; set; }

    [Parameter(Position = 2)]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (!AsPlainText)
        {
            ThrowTerminatingError(new ErrorRecord(new PSNotSupportedException("Encrypted text is not read here; give -AsPlainText."), "ImportSecureString_NotSupported", ErrorCategory.NotImplemented, targetObject: null));
        }

        var secret = new SecureString();
        foreach (char c in String) secret.AppendChar(c);
        secret.MakeReadOnly();
        WriteObject(secret);
    }
}

/// <summary>ConvertFrom-SecureString -AsPlainText; encrypted text needs the real module.</summary>
[Cmdlet(VerbsData.ConvertFrom, "SecureString")]
[OutputType(typeof(string))]
public sealed class ConvertFromSecureStringCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public SecureString SecureString { get; set; } = null!;

    [Parameter(Mandatory = true)]
    public SwitchParameter AsPlainText { get; set; }

    protected override void ProcessRecord() => WriteObject(new System.Net.NetworkCredential("", SecureString).Password);
}

/// <summary>Get-Credential.</summary>
[Cmdlet(VerbsCommon.Get, "Credential")]
[OutputType(typeof(PSCredential))]
public sealed class GetCredentialCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    [Alias("Credential")]
    public string UserName { get; set; } = "";

    [Parameter]
    public string Message { get; set; } = "Enter your credentials.";

    [Parameter]
    public string Title { get; set; } = "PowerShell credential request";

    protected override void ProcessRecord() => WriteObject(Host.UI.PromptForCredential(Title, Message, UserName, ""));
}

/// <summary>Read-Host.</summary>
[Cmdlet(VerbsCommunications.Read, "Host", DefaultParameterSetName = "AsString")]
[OutputType(typeof(string), typeof(SecureString))]
public sealed class ReadHostCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    [AllowNull]
    public object? Prompt { get; set; }

    [Parameter(ParameterSetName = "AsSecureString")]
    public SwitchParameter AsSecureString { get; set; }

    [Parameter(ParameterSetName = "AsString")]
    public SwitchParameter MaskInput { get; set; }

    protected override void ProcessRecord()
    {
        if (Prompt is not null) Host.UI.Write($"{Values.Text(Prompt)}: ");
        if (AsSecureString) WriteObject(Host.UI.ReadLineAsSecureString());
        else if (MaskInput) WriteObject(new System.Net.NetworkCredential("", Host.UI.ReadLineAsSecureString()).Password);
        else WriteObject(Host.UI.ReadLine());
    }
}
