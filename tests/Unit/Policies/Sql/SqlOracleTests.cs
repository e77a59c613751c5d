using System.Data.Common;
using Bastion.Policies.Sql;
using Npgsql;
using Xunit.Abstractions;

namespace Bastion.Unit.Policies.Sql;

/// <summary>The reader against real servers.</summary>
public sealed class SqlOracleTests(DatabaseServers servers, ITestOutputHelper output) : IClassFixture<DatabaseServers>
{
    private const string Canary = "canary-7f3a";
    private const int Rounds = 10_000;
    private static readonly int[] Seeds = [20261125, Random.Shared.Next()];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_text_that_is_allowed_reads_or_changes_the_table_that_is_denied(bool mySql)
    {
        using DbConnection connection = servers.Open(mySql);
        SetUp(connection, mySql);
        var wrong = new List<string>();
        (int allowed, int effective, int ran) = (0, 0, 0);
        foreach (int seed in Seeds)
        {
            output.WriteLine($"seed {seed}");
            for (int round = 0; round < Rounds; round++)
            {
                string text = new EvasionMaker(unchecked(seed + round), mySql).Text();
                bool denied = IsDenied(text, mySql);
                // Some of those that are denied too: else it is not known whether the texts do anything.
                if (denied && round % 20 != 0) continue;
                if (denied && text.Contains("OUTFILE", StringComparison.OrdinalIgnoreCase)) continue;
                ran++;
                bool touched = Touches(connection, text, mySql);
                // What is denied may change what later texts mean.
                if (denied) Restore(connection, mySql);
                if (denied) effective += touched ? 1 : 0;
                else
                {
                    allowed++;
                    if (touched) wrong.Add(text);
                }
            }
        }

        output.WriteLine($"{Rounds * Seeds.Length} texts, {ran} ran, {allowed} of them allowed; of those denied {effective} would have touched the table");
        Assert.Empty(wrong);
        Assert.True(allowed > 300 && effective > 100, $"{allowed} allowed, {effective} effective");
    }

    private static bool IsDenied(string text, bool mySql)
    {
        SqlText read = SqlText.Parse(new SqlRequest(text, mySql ? SqlDialect.MySql : SqlDialect.PostgreSql));
        return read.Statements.Any(s => s.IsOpaque || s.Kinds.Contains(SqlStatementKind.Use)
            || s.Tables.Any(t => t.Name.Equals("secret", StringComparison.OrdinalIgnoreCase) || t.Name == SqlTable.Any || t.Parts[0].Equals("hidden", StringComparison.OrdinalIgnoreCase)));
    }

    private static void SetUp(DbConnection connection, bool mySql)
    {
        if (mySql)
        {
            Do(connection, "CREATE DATABASE hidden");
            Do(connection, "CREATE TABLE app.orders (id int PRIMARY KEY, v varchar(100)) ENGINE=InnoDB");
            Do(connection, "CREATE TABLE hidden.orders (id int, v varchar(100))");
            Do(connection, "CREATE FUNCTION app.evil() RETURNS varchar(100) READS SQL DATA RETURN (SELECT max(v) FROM app.secret)");
            Do(connection, "CREATE PROCEDURE app.evil() SELECT * FROM app.secret");
        }
        else
        {
            Do(connection, "CREATE SCHEMA hidden");
            Do(connection, "CREATE TABLE orders (id int, v varchar(100)); CREATE TABLE hidden.orders (id int, v varchar(100)); CREATE TABLE values (id int)");
            Do(connection, "CREATE FUNCTION evil() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT max(v) FROM secret); END'");
            Do(connection, "CREATE FUNCTION filter(int) RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT max(v) FROM secret); END'");
        }

        Do(connection, $"INSERT INTO hidden.orders VALUES (1, '{Canary}')");
        Restore(connection, mySql);
    }

    private static void Restore(DbConnection connection, bool mySql)
    {
        Do(connection, mySql ? "ROLLBACK" : "ROLLBACK; RESET ALL; RESET ROLE");
        if (mySql) Do(connection, "USE app");
        if (mySql) Do(connection, "SET sql_mode=DEFAULT, autocommit=1");
        Do(connection, mySql ? "DROP TABLE IF EXISTS app.secret" : "DROP TABLE IF EXISTS public.secret CASCADE");
        Do(connection, mySql ? "CREATE TABLE app.secret (id int PRIMARY KEY, v varchar(100)) ENGINE=InnoDB" : "CREATE TABLE public.secret (id int, v varchar(100))");
        Do(connection, $"INSERT INTO secret VALUES (1, '{Canary}')");
        Do(connection, "DELETE FROM orders");
        Do(connection, "INSERT INTO orders VALUES (1, 'a')");
    }

    // Whether a text shows what is in the table, copies it or changes it.
    private static bool Touches(DbConnection connection, string text, bool mySql)
    {
        bool shown = false, dead = false;
        Do(connection, "BEGIN");
        try
        {
            using DbCommand command = connection.CreateCommand();
            command.CommandText = text;
            using DbDataReader reader = command.ExecuteReader();
            do
            {
                while (reader.Read())
                {
                    for (int i = 0; i < reader.FieldCount; i++) shown |= !reader.IsDBNull(i) && $"{reader.GetValue(i)}".Contains(Canary, StringComparison.Ordinal);
                }
            }
            while (reader.NextResult());
        }
        catch (DbException)
        {
            // Refused by the server, at the latest at its end: what came before may have taken effect.
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or InvalidCastException or NotSupportedException)
        {
            dead = true;
        }

        if (dead && connection.State != System.Data.ConnectionState.Open) connection.Open();
        string state = State(connection, mySql);
        if (state == $"1:{Canary}|0") Do(connection, "ROLLBACK");
        else Restore(connection, mySql);
        return shown || state != $"1:{Canary}|0";
    }

    private static string State(DbConnection connection, bool mySql)
    {
        try
        {
            using DbCommand command = connection.CreateCommand();
            command.CommandText = mySql ? "SELECT concat((SELECT group_concat(concat(id, ':', v)) FROM app.secret), '|', (SELECT count(*) FROM app.orders WHERE v LIKE 'canary%'))"
                : "SELECT concat((SELECT string_agg(concat(id, ':', v), ',') FROM public.secret), '|', (SELECT count(*) FROM public.orders WHERE v LIKE 'canary%'))";
            return command.ExecuteScalar() as string ?? "";
        }
        catch (PostgresException e) when (e.SqlState == "25P02")
        {
            // The transaction failed: nothing of it stays.
            return $"1:{Canary}|0";
        }
        catch (DbException)
        {
            return "";
        }
    }

    private static void Do(DbConnection connection, string text)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
