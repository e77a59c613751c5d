using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bastion.Credentials.SignIns;
using Npgsql;

namespace Bastion.Credentials.Rotation;

/// <summary>Changes a password of PostgreSQL. Only the SCRAM verifier goes there: the server's logs never see the password.</summary>
internal sealed class PostgreSqlPasswordChanger : ISecretChanger
{
    private const int Iterations = 4096;
    private const int SaltBytes = 16;

    /// <inheritdoc/>
    public async Task ChangeAsync(SecretChangeJob job, SecretChange change, CancellationToken stop)
    {
        await using NpgsqlConnection connection = await PostgreSqlSignIn.OpenAsync(job.ViaTarget ?? job.Target, job.ViaCredential ?? job.Current, stop);
        try
        {
            string role = $"\"{job.Target.Account.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            await using var command = new NpgsqlCommand($"ALTER ROLE {role} PASSWORD '{Verifier(job.NewSecret, RandomNumberGenerator.GetBytes(SaltBytes))}'", connection);
            await command.ExecuteNonQueryAsync(stop);
        }
        catch (PostgresException e)
        {
            throw new SecretChangeRefusedException(job.Account, e.MessageText, e);
        }
    }

    /// <summary>What the server keeps (RFC 5803). The password is ASCII, so that there is nothing to normalise.</summary>
    internal static string Verifier(byte[] password, byte[] salt)
    {
        byte[] salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        byte[] stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        byte[] server = HMACSHA256.HashData(salted, Encoding.ASCII.GetBytes("Server Key"));
        CryptographicOperations.ZeroMemory(salted);
        return string.Create(CultureInfo.InvariantCulture, $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}");
    }
}
