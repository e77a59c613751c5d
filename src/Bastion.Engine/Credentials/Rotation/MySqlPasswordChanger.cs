using System.Security.Cryptography;
using System.Text;
using Bastion.Credentials.SignIns;
using MySqlConnector;

namespace Bastion.Credentials.Rotation;

/// <summary>Changes a password of MariaDB or MySQL. MariaDB is given the hash only; MySQL hides passwords of these statements in its logs itself.</summary>
internal sealed class MySqlPasswordChanger : ISecretChanger
{
    /// <inheritdoc/>
    public async Task ChangeAsync(SecretChangeJob job, SecretChange change, CancellationToken stop)
    {
        await using MySqlConnection connection = await MySqlSignIn.OpenAsync(job.ViaTarget ?? job.Target, job.ViaCredential ?? job.Current, stop);
        try
        {
            string account = job.ViaTarget is null ? Quote(await TextAsync(connection, "SELECT CURRENT_USER()", stop) ?? "") : await OtherAsync(connection, job, stop);
            await using var command = new MySqlCommand(Statement(connection, account, job.NewSecret), connection);
            await command.ExecuteNonQueryAsync(stop);
        }
        catch (MySqlException e) when (e.ErrorCode != MySqlErrorCode.UnableToConnectToHost && e.InnerException is null)
        {
            throw new SecretChangeRefusedException(job.Account, e.Message, e);
        }
    }

    private static string Statement(MySqlConnection connection, string account, byte[] password) => connection.ServerVersion.Contains("MariaDB", StringComparison.OrdinalIgnoreCase)
        ? $"SET PASSWORD FOR {account} = '{NativeHash(password)}'"
        : $"ALTER USER {account} IDENTIFIED BY '{Encoding.UTF8.GetString(password).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    // A login can exist once for each host that it comes from.
    private static async Task<string> OtherAsync(MySqlConnection connection, SecretChangeJob job, CancellationToken stop)
    {
        await using var command = new MySqlCommand("SELECT CONCAT(User, '@', Host) FROM mysql.user WHERE User = @login", connection);
        command.Parameters.AddWithValue("@login", job.Target.Account.Name);
        var found = new List<string>();
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) found.Add(reader.GetString(0));
        return found switch
        {
            [var only] => Quote(only),
            [] => throw new SecretChangeRefusedException(job.Account, "the database has no such user."),
            _ => throw new SecretChangeRefusedException(job.Account, $"the database has several users of that name ({string.Join(", ", found)}), and which is meant is not clear. Let the account change its own secret."),
        };
    }

    /// <summary>What mysql_native_password keeps: a star and SHA1(SHA1(password)).</summary>
    internal static string NativeHash(byte[] password)
    {
#pragma warning disable CA5350 // The protocol of the database
        return "*" + Convert.ToHexString(SHA1.HashData(SHA1.HashData(password)));
#pragma warning restore CA5350
    }

    private static string Quote(string userAtHost)
    {
        int at = userAtHost.LastIndexOf('@');
        return $"`{userAtHost[..at].Replace("`", "``", StringComparison.Ordinal)}`@`{userAtHost[(at + 1)..].Replace("`", "``", StringComparison.Ordinal)}`";
    }

    private static async Task<string?> TextAsync(MySqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(stop) as string;
    }
}
