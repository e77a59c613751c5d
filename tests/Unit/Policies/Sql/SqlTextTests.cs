using System.Text;
using Bastion.Policies.Sql;

namespace Bastion.Unit.Policies.Sql;

public sealed class SqlTextTests
{
    private static SqlText Parse(SqlDialect dialect, string text) => SqlText.Parse(new SqlRequest(text, dialect));

    [Theory]
    [InlineData(SqlDialect.MySql, "SELECT * FROM a, b.c JOIN `d e` USING (id)", "Select: a b.c d e")]
    [InlineData(SqlDialect.MySql, "INSERT INTO a (x, y) SELECT x, y FROM b", "Select Insert: a b")]
    [InlineData(SqlDialect.MySql, "REPLACE INTO a VALUES (1)", "Insert Delete: a")]
    [InlineData(SqlDialect.MySql, "DELETE a FROM a JOIN b USING (id)", "Delete: a b")]
    [InlineData(SqlDialect.MySql, "UPDATE a, b SET a.x = b.x, a.y = 1", "Update: a b")]
    [InlineData(SqlDialect.MySql, "SELECT 1 -- ; DELETE FROM a\n", "Select:")]
    [InlineData(SqlDialect.MySql, "SELECT 1 --1; DELETE FROM a", "Select: | Delete: a")]
    [InlineData(SqlDialect.MySql, "SELECT '\\'; DELETE FROM a; -- '", "Select:")]
    [InlineData(SqlDialect.MySql, "SELECT * FROM a USE INDEX FOR ORDER BY (i), b", "Select: a b")]
    [InlineData(SqlDialect.MySql, "CREATE TABLE a (id int PRIMARY KEY, KEY k (id), v varchar(20) DEFAULT 'x') ENGINE=InnoDB", "Create: a")]
    [InlineData(SqlDialect.MySql, "ALTER TABLE a ADD COLUMN x int, ADD INDEX i (x), DROP COLUMN y", "Alter: a")]
    [InlineData(SqlDialect.MySql, "DROP TABLE IF EXISTS a, b.c", "Drop: a b.c")]
    [InlineData(SqlDialect.MySql, "GRANT SELECT, INSERT ON a.* TO 'x'@'%'", "Grant: a.*")]
    [InlineData(SqlDialect.MySql, "USE a; SELECT * FROM b", "Use: a.* | Select: a.b")]
    [InlineData(SqlDialect.MySql, "EXPLAIN DELETE FROM a", "Explain: a")]
    [InlineData(SqlDialect.MySql, "ANALYZE DELETE FROM a", "Delete Explain: a")]
    [InlineData(SqlDialect.MySql, "SET @x = (SELECT max(id) FROM a), autocommit = 0", "Select Set: a")]
    [InlineData(SqlDialect.PostgreSql, "SELECT * FROM \"A\", b AS c(x), ONLY d", "Select: A b d")]
    [InlineData(SqlDialect.PostgreSql, "WITH x AS (DELETE FROM a RETURNING *) SELECT * FROM x", "Select Delete: a")]
    [InlineData(SqlDialect.PostgreSql, "WITH a AS (SELECT * FROM a) SELECT * FROM a", "Select: a")]
    [InlineData(SqlDialect.PostgreSql, "WITH RECURSIVE t AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT * FROM t", "Select:")]
    [InlineData(SqlDialect.PostgreSql, "SELECT EXTRACT(year FROM ts), substring(x FROM 1 FOR 2) FROM a", "Select: a")]
    [InlineData(SqlDialect.PostgreSql, "SELECT x INTO TEMP b FROM a", "Select Create: b a")]
    [InlineData(SqlDialect.PostgreSql, "SELECT 1 /* /* ; */ ; */; DELETE FROM a", "Select: | Delete: a")]
    [InlineData(SqlDialect.PostgreSql, "SELECT $t$; DELETE FROM a; $t$", "Select:")]
    [InlineData(SqlDialect.PostgreSql, "SELECT '\\'; DELETE FROM a; -- '", "Select: | Delete: a")]
    [InlineData(SqlDialect.PostgreSql, "SELECT E'\\'; DELETE FROM a; -- '", "Select:")]
    [InlineData(SqlDialect.PostgreSql, "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)", "Insert Delete Merge: a b")]
    [InlineData(SqlDialect.PostgreSql, "UPDATE a SET x = b.x FROM b set, c RETURNING a.x", "Select Update: a b c")]
    [InlineData(SqlDialect.PostgreSql, "INSERT INTO a (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET x = 1", "Insert Update: a")]
    [InlineData(SqlDialect.PostgreSql, "SELECT * FROM a FOR UPDATE", "Select Lock: a")]
    [InlineData(SqlDialect.PostgreSql, "CREATE TABLE a AS TABLE b", "Create: a b")]
    [InlineData(SqlDialect.PostgreSql, "COPY a (x) TO STDOUT", "Select Copy: a")]
    [InlineData(SqlDialect.PostgreSql, "EXPLAIN (COSTS off, ANALYZE) DELETE FROM a", "Delete Explain: a")]
    [InlineData(SqlDialect.PostgreSql, "VACUUM (VERBOSE) a, b", "Maintain: a b")]
    [InlineData(SqlDialect.PostgreSql, "BEGIN; SELECT nextval('s'); COMMIT", "Transaction: | Select Update: | Transaction:")]
    public void What_a_statement_does_and_names_is_found(SqlDialect dialect, string text, string expected)
    {
        SqlText parsed = Parse(dialect, text);
        Assert.Empty(parsed.Statements.SelectMany(s => s.Opaque));
        Assert.Equal(expected, string.Join(" | ", parsed.Statements.Select(s => $"{string.Join(' ', s.Kinds.Order())}: {string.Join(' ', s.Tables)}".Trim())));
    }

    [Theory]
    [InlineData(SqlDialect.MySql, "/*!50000 DELETE FROM a */")]
    [InlineData(SqlDialect.MySql, "SELECT 1 INTO OUTFILE '/tmp/x'")]
    [InlineData(SqlDialect.MySql, "LOAD DATA LOCAL INFILE 'x' INTO TABLE a")]
    [InlineData(SqlDialect.MySql, "SET sql_mode = 'ANSI_QUOTES'")]
    [InlineData(SqlDialect.MySql, "SET NAMES gbk")]
    [InlineData(SqlDialect.MySql, "SELECT f(1)")]
    [InlineData(SqlDialect.MySql, "SELECT count (1)")]
    [InlineData(SqlDialect.MySql, "CALL f()")]
    [InlineData(SqlDialect.MySql, "PREPARE p FROM 'x'")]
    [InlineData(SqlDialect.MySql, "EXECUTE IMMEDIATE 'x'")]
    [InlineData(SqlDialect.MySql, "BEGIN NOT ATOMIC DELETE FROM a; END")]
    [InlineData(SqlDialect.MySql, "CREATE PROCEDURE f() DELETE FROM a")]
    [InlineData(SqlDialect.MySql, "SELECT * FROM .a")]
    [InlineData(SqlDialect.MySql, "SELECT 1e0FROM a")]
    [InlineData(SqlDialect.MySql, "DELIMITER //\nSELECT 1//")]
    [InlineData(SqlDialect.MySql, "\\! ls")]
    [InlineData(SqlDialect.MySql, "source x.sql")]
    [InlineData(SqlDialect.PostgreSql, "\\copy a from 'x'")]
    [InlineData(SqlDialect.PostgreSql, "SELECT 1 \\! ls")]
    [InlineData(SqlDialect.PostgreSql, "COPY a FROM PROGRAM 'ls'")]
    [InlineData(SqlDialect.PostgreSql, "COPY a TO '/tmp/x'")]
    [InlineData(SqlDialect.PostgreSql, "SELECT pg_read_file('x')")]
    [InlineData(SqlDialect.PostgreSql, "SELECT pg_catalog.\"lo_import\"('x')")]
    [InlineData(SqlDialect.PostgreSql, "SELECT * FROM dblink('x', 'y') AS t(a int)")]
    [InlineData(SqlDialect.PostgreSql, "SELECT public.lower('x')")]
    [InlineData(SqlDialect.PostgreSql, "DO $$ BEGIN END $$")]
    [InlineData(SqlDialect.PostgreSql, "SET standard_conforming_strings = off")]
    [InlineData(SqlDialect.PostgreSql, "SET ROLE x")]
    [InlineData(SqlDialect.PostgreSql, "SET SESSION AUTHORIZATION x")]
    [InlineData(SqlDialect.PostgreSql, "SET search_path = x")]
    [InlineData(SqlDialect.PostgreSql, "SELECT U&\"\\0061\" FROM a")]
    [InlineData(SqlDialect.PostgreSql, "EXECUTE p")]
    [InlineData(SqlDialect.PostgreSql, "CREATE RULE r AS ON SELECT TO a DO INSTEAD (SELECT 1; DELETE FROM a)")]
    [InlineData(SqlDialect.PostgreSql, "CREATE TABLE a (x int DEFAULT f())")]
    [InlineData(SqlDialect.SqlServer, "SELECT 1")]
    [InlineData(SqlDialect.SqlServer, ":r x.sql")]
    public void What_hides_what_it_does_is_opaque(SqlDialect dialect, string text) => Assert.Contains(Parse(dialect, text).Statements, s => s.IsOpaque);

    [Fact]
    public void Settings_that_are_not_known_make_texts_opaque_that_depend_on_them()
    {
        var unknown = new SqlRequest("SELECT 'a\\b'", SqlDialect.MySql) { BackslashEscapes = null, AnsiQuotes = null };
        Assert.True(SqlText.Parse(unknown).Statements[0].IsOpaque);
        Assert.True(SqlText.Parse(unknown with { Text = "SELECT \"a\"" }).Statements[0].IsOpaque);
        Assert.False(SqlText.Parse(unknown with { Text = "SELECT 'a'" }).Statements[0].IsOpaque);
        Assert.Equal(2, SqlText.Parse(unknown with { Text = "SELECT '\\'; DELETE FROM a; -- '", BackslashEscapes = false }).Statements.Count);
        Assert.Equal("a", SqlText.Parse(unknown with { Text = "SELECT 1 FROM \"a\"", AnsiQuotes = true }).Statements[0].Tables.Single().ToString());
    }

    [Theory]
    [InlineData(SqlDialect.MySql)]
    [InlineData(SqlDialect.PostgreSql)]
    public void Everyday_statements_hide_nothing(SqlDialect dialect)
    {
        string[] lines = EverydayStatements.Of(dialect);
        Assert.True(lines.Length >= 50, $"{lines.Length}");
        Assert.Empty(lines.SelectMany(line => Parse(dialect, line).Statements.SelectMany(s => s.Opaque).Select(why => $"{line} → {why}")));
    }

    [Fact]
    public void Hostile_text_never_throws()
    {
        const string alphabet = "ab;()'\"`\\\n -/*#$.,@:=[]EU&1e\0\r\ud83d";
        string[] pieces = ["SELECT ", "FROM ", "WITH x AS (", "INSERT INTO ", "/*", "*/", "$$", "E'", "CREATE TABLE ", "ALTER ", "EXPLAIN ", "SET ", "GRANT ", "COPY ", "SHOW ", "DELETE ", "USING ", "JOIN ", "IF EXISTS ", "RENAME TABLE ", "LOCK ", "ANALYZE "];
        var random = new Random(20261125);
        for (int round = 0; round < 20000; round++)
        {
            var text = new StringBuilder();
            for (int i = random.Next(25); i > 0; i--) text.Append(random.Next(2) == 0 ? pieces[random.Next(pieces.Length)] : alphabet[random.Next(alphabet.Length)]);
            foreach (SqlDialect dialect in Enum.GetValues<SqlDialect>()) Parse(dialect, text.ToString());
        }
    }

    [Theory]
    [InlineData("(")]
    [InlineData("SELECT (")]
    [InlineData("/*")]
    [InlineData("WITH x AS (")]
    public void A_flood_of_brackets_is_opaque_and_no_danger(string piece)
    {
        foreach (int times in new[] { 70, 5000, 60000 })
        {
            Assert.All(Enum.GetValues<SqlDialect>(), dialect => Assert.Contains(Parse(dialect, string.Concat(Enumerable.Repeat(piece, times)) + new string(')', piece.Contains('(') ? times : 0)).Statements, s => s.IsOpaque));
        }
    }
}
