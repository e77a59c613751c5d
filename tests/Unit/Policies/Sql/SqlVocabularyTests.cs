using System.Data.Common;
using Bastion.Policies.Sql;
using MySqlConnector;

namespace Bastion.Unit.Policies.Sql;

/// <summary>What is taken as harmless before a parenthesis, against real servers: none of it may be a function that somebody stored.</summary>
public sealed class SqlVocabularyTests(DatabaseServers servers) : IClassFixture<DatabaseServers>
{
    private const int Marker = 47110815;

    [Theory]
    [InlineData(SqlDialect.MySql)]
    [InlineData(SqlDialect.PostgreSql)]
    public void What_is_taken_as_harmless_is_built_into_the_server(SqlDialect dialect)
    {
        string[] harmless = [.. SqlVocabulary.Of(dialect).Words.Where(word => new[] { "SELECT", "CREATE TABLE x AS SELECT" }.Any(begin => Sees(dialect, $"{begin} {word}(1)")))];
        Assert.True(harmless.Length > 150, $"{harmless.Length}");
        using DbConnection connection = servers.Open(dialect == SqlDialect.MySql);
        string[] stored = [.. harmless.Where(word => CanBeStored(connection, dialect, word))];
        Assert.Equal([], stored);
    }

    [Theory]
    [InlineData(SqlDialect.MySql, "any_value bin_to_uuid corr covar_pop covar_samp json_table path hash list nested filter no_such_name")]
    [InlineData(SqlDialect.PostgreSql, "any_value collation datalength isnull json_array by over cube ilike materialized gist no_such_name")]
    public void The_servers_tell_names_that_can_be_stored_functions_and_those_are_opaque(SqlDialect dialect, string names)
    {
        using DbConnection connection = servers.Open(dialect == SqlDialect.MySql);
        Assert.All(names.Split(' '), name =>
        {
            Assert.True(CanBeStored(connection, dialect, name), name);
            Assert.False(Sees(dialect, $"SELECT {name}(1)"), name);
            Assert.False(Sees(dialect, $"CREATE TABLE x AS SELECT {name}(1)"), name);
        });
    }

    [Theory]
    [InlineData(SqlDialect.MySql, "SELECT `abs`(1)")]
    [InlineData(SqlDialect.MySql, "SELECT sum(1) OVER (PARTITION BY hash(1))")]
    [InlineData(SqlDialect.MySql, "CREATE VIEW v AS SELECT sum(1) OVER (PARTITION BY list(1)) FROM a")]
    [InlineData(SqlDialect.PostgreSql, "SELECT \"coalesce\"(1)")]
    [InlineData(SqlDialect.PostgreSql, "SELECT \"ABS\"(1)")]
    [InlineData(SqlDialect.PostgreSql, "SELECT * FROM a JOIN b ON conflict(1)")]
    [InlineData(SqlDialect.PostgreSql, "SELECT 1 ORDER BY cube(1)")]
    [InlineData(SqlDialect.PostgreSql, "ALTER TABLE a ALTER x TYPE int USING hash(x)")]
    [InlineData(SqlDialect.PostgreSql, "CREATE TABLE x AS SELECT inherits(1)")]
    [InlineData(SqlDialect.PostgreSql, "CREATE TABLE x AS SELECT sum(1) OVER (PARTITION BY range(1)) FROM a")]
    public void A_word_in_another_place_or_in_quotes_can_be_a_stored_function(SqlDialect dialect, string text) => Assert.False(Sees(dialect, text));

    [Theory]
    [InlineData(SqlDialect.MySql, "SELECT * FROM a WHERE MATCH (x) AGAINST ('y')")]
    [InlineData(SqlDialect.MySql, "CREATE TABLE a (id int) ENGINE=InnoDB PARTITION BY HASH(id) PARTITIONS 4")]
    [InlineData(SqlDialect.MySql, "CREATE TABLE a (id int) PARTITION BY RANGE COLUMNS (id) (PARTITION p VALUES LESS THAN (5))")]
    [InlineData(SqlDialect.PostgreSql, "CREATE TABLE a (id int) PARTITION BY RANGE (id)")]
    [InlineData(SqlDialect.PostgreSql, "CREATE TABLE a (id int) INHERITS (b)")]
    [InlineData(SqlDialect.PostgreSql, "CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY (START 5), v character varying(5), FOREIGN KEY (id) REFERENCES b (id))")]
    [InlineData(SqlDialect.PostgreSql, "CREATE INDEX i ON a USING hash (id)")]
    [InlineData(SqlDialect.PostgreSql, "CREATE UNIQUE INDEX i ON a (id) INCLUDE (v)")]
    [InlineData(SqlDialect.PostgreSql, "SELECT count(*) FROM a GROUP BY CUBE (x)")]
    public void In_their_own_place_such_words_hide_nothing(SqlDialect dialect, string text) => Assert.True(Sees(dialect, text));

    private static bool Sees(SqlDialect dialect, string text) => SqlText.Parse(new SqlRequest(text, dialect)).Statements.All(s => !s.IsOpaque);

    private static bool CanBeStored(DbConnection connection, SqlDialect dialect, string name) => dialect == SqlDialect.MySql ? IsCalled(connection, name) : !IsBuiltIn(connection, name);

    // There is a function of that name; is it the one that is called, with whatever arguments?
    private static bool IsCalled(DbConnection connection, string name)
    {
        Ask(connection, $"CREATE FUNCTION `{name}`(x int) RETURNS int RETURN {Marker}");
        try
        {
            return new[] { "", "1", "1, 1", "1, 1, 1" }.Any(arguments => Calls(connection, $"SELECT concat({name}({arguments}))"));
        }
        finally
        {
            Ask(connection, $"DROP FUNCTION `{name}`");
        }
    }

    private static bool Calls(DbConnection connection, string text)
    {
        try
        {
            return $"{Ask(connection, text)}" == $"{Marker}";
        }
        catch (MySqlException e)
        {
            // It is not there; it has another number of arguments; it is there under another reading of the name.
            return e.Number is 1305 or 1318 or 1630;
        }
    }

    // Words that are reserved, or can be the name of a column only, name no function without quotes.
    private static bool IsBuiltIn(DbConnection connection, string name) =>
        Ask(connection, $"SELECT EXISTS (SELECT 1 FROM pg_proc WHERE proname = '{name}' AND pronamespace = 'pg_catalog'::regnamespace) OR EXISTS (SELECT 1 FROM pg_get_keywords() WHERE word = '{name}' AND catcode IN ('C', 'R'))") is true;

    private static object? Ask(DbConnection connection, string text)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }
}
