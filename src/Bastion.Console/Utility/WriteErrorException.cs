

namespace Microsoft.PowerShell.Commands;

/// <summary>What Write-Error makes of a message; the name is pwsh's, scripts catch by it.</summary>
public sealed class WriteErrorException : SystemException
{
    public WriteErrorException()
    {
    }

    public WriteErrorException(string message)
        : base(message)
    {
    }

    public WriteErrorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
