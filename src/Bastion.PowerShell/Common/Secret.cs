using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace Bastion.PowerShell;

/// <summary>A secret on its way from the prompt or a file to the engine; wiped when it is disposed.</summary>
internal sealed class Secret : IDisposable
{
    /// <summary>Holds bytes that are somebody's to wipe.</summary>
    internal Secret(byte[]? bytes) => Bytes = bytes;

    /// <summary>The secret; of what was typed, as UTF-8. <see langword="null"/>: none was given.</summary>
    internal byte[]? Bytes { get; }

    /// <summary>What was typed. The unencrypted copy made on the way is wiped.</summary>
    internal static Secret Of(SecureString? typed)
    {
        if (typed is null) return new Secret(null);
        IntPtr unmanaged = Marshal.SecureStringToGlobalAllocUnicode(typed);
        char[] characters = new char[typed.Length];
        try
        {
            Marshal.Copy(unmanaged, characters, 0, characters.Length);
            return new Secret(Encoding.UTF8.GetBytes(characters));
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(unmanaged);
            Array.Clear(characters);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(Bytes);
}
