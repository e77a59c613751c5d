using System.Text;

namespace Bastion.Unit.Policies.Sql;

/// <summary>Makes texts that try to delete from, read or drop <c>secret</c> past whoever reads them first; with the same seed the same ones.</summary>
internal sealed class EvasionMaker(int seed, bool mySql)
{
    private const string Odd = "'\"`\\;-/*#$().,@ \nEFNU&|!=01xe";

    private static readonly string[] Shared =
    [
        "DELETE FROM {s}", "DELETE FROM {s} WHERE id = 1", "SELECT * FROM {s}", "SELECT a.* FROM orders a, {s}", "SELECT * FROM orders JOIN {s} ON true", "SELECT * FROM (orders CROSS JOIN {s})",
        "SELECT (SELECT max(v) FROM {s})", "SELECT * FROM orders WHERE id IN (SELECT id FROM {s})", "WITH secret AS (SELECT * FROM {s}) SELECT * FROM secret", "WITH x AS (SELECT 1) SELECT * FROM x, {s}",
        "SELECT * FROM (WITH secret AS (SELECT 1) SELECT * FROM secret) a, {s}", "SELECT 1 UNION SELECT v FROM {s}", "(SELECT v FROM {s})", "((SELECT id FROM orders) UNION (SELECT v FROM {s}))",
        "INSERT INTO orders SELECT id, v FROM {s}", "UPDATE {s} SET v = 'x'", "UPDATE orders SET v = (SELECT max(v) FROM {s})", "SELECT * FROM orders a LEFT JOIN {s} b ON a.id = b.id",
        "SELECT * FROM orders o, LATERAL (SELECT * FROM {s}) x", "SELECT 1; DELETE FROM {s}", "SELECT ';' ; DELETE FROM {s} -- '", "SELECT '\\'; DELETE FROM {s}; -- '", "SELECT '\\\\'; DELETE FROM {s}; -- '",
        "SELECT \"\\\"; DELETE FROM {s}; -- \"", "SELECT 1 /* /* */; DELETE FROM {s} /* */ */", "SELECT 1 --1; DELETE\nFROM {s}", "SELECT 1 --\n; DELETE FROM {s}", "SELECT EXTRACT(year FROM now()), v FROM {s}",
        "SELECT TRIM(BOTH 'x' FROM v) FROM {s}", "SELECT 1.FROM {s}", "SELECT 1e0FROM {s}", "SELECT orders.id FROM orders, {s} WHERE orders.id = {s}.id", "SELECT v FROM orders WHERE EXISTS (SELECT 1 FROM {s})", "TABLE {s}",
        "INSERT INTO orders VALUES (9, (SELECT max(v) FROM {s}))", "SELECT CASE WHEN (SELECT count(*) FROM {s}) > 0 THEN 1 END", "EXPLAIN ANALYZE DELETE FROM {s}", "SELECT * FROM orders a ORDER BY (SELECT max(v) FROM {s})",
        "PREPARE p FROM 'DELETE FROM secret'; EXECUTE p", "DROP TABLE {s}", "TRUNCATE {s}", "ALTER TABLE {s} ADD COLUMN x int",
    ];

    private static readonly string[] PostgreSql =
    [
        "WITH d AS (DELETE FROM {s} RETURNING *) SELECT * FROM d", "WITH d AS (UPDATE {s} SET v = 'x' RETURNING *) SELECT count(*) FROM d", "WITH a AS (SELECT 1), b AS (DELETE FROM {s}) SELECT * FROM a", "SELECT * FROM orders a, ONLY {s}",
        "DELETE FROM orders USING {s}", "DELETE FROM orders USING ({s} JOIN orders o ON true) WHERE false", "SELECT 1 AS from, v FROM {s}", "SELECT 1 AS where, v FROM orders a, {s}", "SELECT * FROM orders set, {s}", "SELECT * FROM orders procedure, {s}",
        "UPDATE orders SET v = 'y' FROM orders set, {s}", "SELECT 1 delete, v FROM {s}", "SELECT $$;$$; DELETE FROM {s}", "SELECT $a$ $$ $a$; DELETE FROM {s} -- $$", "SELECT E'\\'; DELETE FROM secret; --'; DELETE FROM {s}", "SELECT U&'\\0041'; DELETE FROM {s}",
        "DO $$ BEGIN DELETE FROM secret; END $$", "COPY {s} TO STDOUT", "COPY (SELECT * FROM {s}) TO STDOUT", "SELECT query_to_xml('SELECT * FROM secret', true, true, '')", "SELECT table_to_xml('secret', true, true, '')", "SELECT ('secret'::regclass).table_to_xml",
        "MERGE INTO orders USING {s} s ON false WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v)", "MERGE INTO {s} USING orders o ON true WHEN MATCHED THEN DELETE", "DECLARE c CURSOR FOR SELECT * FROM {s}; FETCH ALL FROM c", "SELECT v INTO x2 FROM {s}",
        "CREATE TABLE x3 AS SELECT * FROM {s}", "CREATE TABLE x4 AS TABLE {s}", "CREATE VIEW x5 AS SELECT * FROM {s}; SELECT * FROM x5", "SELECT 1 IS DISTINCT FROM 2 FROM {s}", "SET search_path = hidden; SELECT * FROM orders", "SELECT set_config('search_path', 'hidden', false); SELECT * FROM orders",
        "SELECT * FROM ROWS FROM (generate_series(1, 2)) a, {s}", "SELECT * FROM values, {s}", "SELECT * FROM evil()", "SELECT evil()", "SELECT orders.evil FROM orders", "SELECT 1 insert INTO x6 FROM {s}", "EXPLAIN (COSTS off, ANALYZE) DELETE FROM {s}", "SELECT * FROM orders FOR UPDATE; SELECT * FROM {s}",
        "SET ROLE postgres; SELECT * FROM {s}", "SELECT * FROM hidden.orders", "LOCK TABLE {s}", "SELECT filter(1)", "SELECT * FROM orders TABLESAMPLE system (100), {s}",
    ];

    private static readonly string[] MySql =
    [
        "REPLACE INTO {s} VALUES (1, 'x')", "DELETE a FROM {s} AS a", "DELETE FROM a USING {s} AS a", "DELETE o, a FROM orders o JOIN {s} a", "UPDATE orders o, {s} a SET a.v = 'x'", "SELECT * FROM orders USE INDEX FOR ORDER BY (PRIMARY), {s}",
        "SELECT * FROM orders FORCE INDEX FOR JOIN (PRIMARY), {s}", "SELECT * FROM .secret", "SELECT /*! v FROM secret */", "/*!50000 DELETE FROM secret */", "/*M! DELETE FROM secret */", "SELECT 1 # ;\n; DELETE FROM {s}", "SELECT \"'\"; DELETE FROM {s} -- '",
        "SELECT '\"'; DELETE FROM {s} -- \"", "SET STATEMENT max_statement_time=1 FOR DELETE FROM secret", "SET @a = (SELECT max(v) FROM {s}); SELECT @a", "SELECT max(v) INTO @a FROM {s}; SELECT @a", "DO (SELECT max(v) FROM {s})", "HANDLER secret OPEN; HANDLER secret READ FIRST",
        "EXECUTE IMMEDIATE 'DELETE FROM secret'", "BEGIN NOT ATOMIC DELETE FROM secret; END", "SELECT * FROM orders returning, {s}", "SELECT * FROM orders offset, {s}", "SELECT * FROM orders window, {s}", "INSERT orders SELECT id, v FROM {s}", "INSERT INTO {s} VALUES (1, 'x') ON DUPLICATE KEY UPDATE v = 'x'",
        "CALL evil()", "SELECT evil()", "SELECT `evil`()", "SELECT app.evil ()", "USE hidden; SELECT * FROM orders", "SELECT * FROM hidden.orders", "SET sql_mode='ANSI_QUOTES'; SELECT * FROM \"secret\"", "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'; SELECT '\\'; DELETE FROM {s}; -- '",
        "IF 1 THEN DELETE FROM secret; END IF", "ANALYZE DELETE FROM {s}", "ANALYZE FORMAT=JSON DELETE FROM {s}", "SELECT @x.FROM {s}", "SELECT t. v FROM {s} t", "SELECT STRAIGHT_JOIN v FROM {s}", "SELECT 1 INTO OUTFILE '/tmp/x' FROM {s}", "CREATE TEMPORARY TABLE x1 LIKE {s}", "CREATE TEMPORARY TABLE x7 SELECT * FROM {s}",
        "SELECT * FROM orders FOR SYSTEM_TIME ALL, {s}", "WITH RECURSIVE secret AS (SELECT 1 UNION SELECT 2) SELECT * FROM secret, app.secret", "DELETE FROM orders RETURNING (SELECT max(v) FROM {s})", "SELECT 0xFROM {s}", "SELECT _utf8'x' 'y' FROM {s}", "DESC {s}", "SHOW COLUMNS FROM {s}",
    ];

    private readonly Random _random = new(seed);

    internal static int Templates(bool mySql) => Shared.Length + (mySql ? MySql : PostgreSql).Length;

    internal string Text()
    {
        string[] own = mySql ? MySql : PostgreSql;
        int which = _random.Next(Shared.Length + own.Length);
        string text = which < Shared.Length ? Shared[which] : own[which - Shared.Length];
        while (text.Contains("{s}", StringComparison.Ordinal)) text = text.Remove(text.IndexOf("{s}", StringComparison.Ordinal), 3).Insert(text.IndexOf("{s}", StringComparison.Ordinal), Secret());
        if (_random.Next(3) > 0) text = Blanks(text);
        if (_random.Next(4) == 0) text = Case(text);
        if (_random.Next(4) == 0) text = Any("SELECT 1; ", "SELECT '", "/* x */ ", "-- x\n", ";;", "SELECT \"", "(", "SELECT $$", "SELECT E'\\", "SELECT `", "SELECT '\\'; ", "/*", "# x\n", "BEGIN; ", "EXPLAIN ", "SELECT '''; ", "SELECT 'a\\\\''; ") + text + Any("", "", "'", "\"", ")", "$$", "*/", " -- '", "`", ";");
        return _random.Next(4) == 0 ? Spoil(text) : text;
    }

    private string Secret() => _random.Next(8) switch
    {
        0 => mySql ? "`secret`" : "\"secret\"",
        1 => mySql ? "app.secret" : "public.secret",
        2 => mySql ? "app . `secret`" : "public . \"secret\"",
        3 => mySql ? "`app`.secret" : "\"public\".SECRET",
        4 => mySql ? "app/**/.secret" : "SeCreT",
        _ => "secret",
    };

    private string Blanks(string text) => string.Concat(text.Select(c => c == ' ' && _random.Next(4) == 0
        ? Any("\n", "\t", "/**/", " /* ; */ ", "--\n", "-- '\n", "/* ' */", "/*/**/*/", "\r\n", "  ", mySql ? "#\n" : "/* /* x */ */", mySql ? "-- x\n" : "--x\n") : c.ToString()));

    private string Case(string text) => string.Concat(text.Select(c => _random.Next(2) == 0 ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c))).Replace("SECRET", "secret", StringComparison.OrdinalIgnoreCase).Replace("ORDERS", "orders", StringComparison.OrdinalIgnoreCase);

    private string Spoil(string script)
    {
        var text = new StringBuilder(script);
        for (int i = _random.Next(1, 4); i > 0 && text.Length > 0; i--)
        {
            int at = _random.Next(text.Length);
            if (_random.Next(2) == 0) text.Remove(at, 1);
            else text.Insert(at, Odd[_random.Next(Odd.Length)]);
        }

        return text.ToString();
    }

    private string Any(params string[] choices) => choices[_random.Next(choices.Length)];
}
