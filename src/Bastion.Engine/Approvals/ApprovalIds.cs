using System.Security.Cryptography;

namespace Bastion.Approvals;

/// <summary>Ids of requests: 16 random letters and digits (80 bits) in Crockford's base 32. Not to be guessed, and as wide as a session's.</summary>
internal static class ApprovalIds
{
    internal static string New() => RandomNumberGenerator.GetString("0123456789abcdefghjkmnpqrstvwxyz", 16);
}
