using System.Buffers.Binary;
using System.Text;

namespace Bastion.Sessions.Ssh;

/// <summary>Reads how a program on the host ended (RFC 4254, section 6.10). Data from the host: anything malformed reads as not told.</summary>
internal static class ExitReport
{
    // Both begin with a byte that says whether an answer is wanted: never.
    internal static int? Code(ReadOnlySpan<byte> data) => data.Length >= 5 ? BinaryPrimitives.ReadInt32BigEndian(data[1..]) : null;

    /// <summary>Letters and digits only; at most 32 of them.</summary>
    internal static string? Signal(ReadOnlySpan<byte> data)
    {
        if (data.Length < 5) return null;
        int length = BinaryPrimitives.ReadInt32BigEndian(data[1..]);
        if (length is < 1 or > 32 || data.Length < 5 + length) return null;
        string name = Encoding.ASCII.GetString(data.Slice(5, length));
        return name.All(char.IsAsciiLetterOrDigit) ? name : null;
    }
}
