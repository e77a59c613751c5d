using System.Runtime.InteropServices;
using System.Security;
using System.Text;

namespace Bastion.PowerShell;

/// <summary>Secrets on their way from the prompt to the engine.</summary>
internal static class Secrets
{
    /// <summary>The secret as UTF-8. The unencrypted copy made on the way is wiped.</summary>
    internal static byte[] Utf8(SecureString secret)
    {
        IntPtr unmanaged = Marshal.SecureStringToGlobalAllocUnicode(secret);
        char[] characters = new char[secret.Length];
        try
        {
            Marshal.Copy(unmanaged, characters, 0, characters.Length);
            return Encoding.UTF8.GetBytes(characters);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(unmanaged);
            Array.Clear(characters);
        }
    }

    /// <summary>The secret as UTF-8, or nothing.</summary>
    internal static byte[]? Utf8OrNull(SecureString? secret) => secret is null ? null : Utf8(secret);
}
