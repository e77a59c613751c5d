using Bastion.Policies.Sql;

namespace Bastion.Unit.Policies.Sql;

/// <summary>What administrators of databases type.</summary>
internal static class EverydayStatements
{
    private static readonly string[] Shared =
    [
        "SELECT 1", "SELECT now()", "SELECT version()", "SELECT count(*) FROM orders", "SELECT * FROM orders LIMIT 10", "SELECT * FROM orders ORDER BY id DESC LIMIT 10 OFFSET 20", "SELECT id, name AS n FROM users u WHERE u.id = 5",
        "SELECT u.name, sum(o.total) FROM users u JOIN orders o ON o.user_id = u.id GROUP BY u.name HAVING sum(o.total) > 100", "SELECT DISTINCT status FROM orders", "SELECT * FROM a LEFT JOIN b USING (id)", "SELECT * FROM a WHERE x IN (SELECT y FROM b)",
        "SELECT coalesce(name, 'none') FROM users", "SELECT CASE WHEN total > 10 THEN 'big' ELSE 'small' END FROM orders", "SELECT * FROM orders WHERE created > '2026-01-01' AND status <> 'done'", "SELECT * FROM users WHERE name LIKE 'a%' OR (age BETWEEN 1 AND 5)",
        "WITH recent AS (SELECT * FROM orders WHERE id > 5) SELECT count(*) FROM recent", "SELECT row_number() OVER (PARTITION BY user_id ORDER BY id) FROM orders", "SELECT max(id), min(id), avg(total) FROM orders", "SELECT upper(name), length(name) FROM users",
        "INSERT INTO users (id, name) VALUES (1, 'ana'), (2, 'bob')", "INSERT INTO archive SELECT * FROM orders WHERE id < 5", "UPDATE users SET name = 'x', age = age + 1 WHERE id = 1", "DELETE FROM orders WHERE id = 1", "TRUNCATE TABLE logs", "BEGIN", "COMMIT", "ROLLBACK", "START TRANSACTION",
        "CREATE TABLE t (id int PRIMARY KEY, name varchar(50) NOT NULL, total decimal(10,2) DEFAULT 0, created timestamp DEFAULT current_timestamp)", "CREATE INDEX i ON t (name)", "ALTER TABLE t ADD COLUMN x int", "DROP TABLE IF EXISTS t", "CREATE VIEW v AS SELECT id FROM t WHERE id > 1",
        "GRANT SELECT ON t TO ana", "REVOKE ALL ON t FROM ana", "EXPLAIN SELECT * FROM orders", "SELECT * FROM information_schema.tables WHERE table_schema = 'app'", "SELECT table_name FROM information_schema.columns WHERE column_name = 'x'", "DROP INDEX i ON t", "SELECT 1 UNION ALL SELECT 2",
    ];

    private static readonly string[] MySql =
    [
        "SHOW DATABASES", "SHOW TABLES", "SHOW FULL PROCESSLIST", "SHOW CREATE TABLE t", "SHOW STATUS LIKE 'Threads%'", "SHOW VARIABLES LIKE 'max_conn%'", "SHOW GRANTS FOR 'ana'@'%'", "DESC t", "USE app", "SELECT date_format(now(), '%Y-%m') AS month", "SELECT group_concat(name ORDER BY name SEPARATOR ',') FROM users",
        "INSERT INTO t (id) VALUES (1) ON DUPLICATE KEY UPDATE n = VALUES(n)", "SET NAMES utf8mb4", "SET autocommit = 0", "SET @a = 5", "SELECT * FROM t WHERE d > date_sub(now(), INTERVAL 1 DAY)", "SELECT ifnull(a, 0), if(b > 1, 'x', 'y') FROM t", "FLUSH PRIVILEGES", "KILL 5", "OPTIMIZE TABLE t", "ANALYZE TABLE t", "CREATE USER 'ana'@'%' IDENTIFIED BY 'x'",
        "CREATE TABLE t (id bigint unsigned NOT NULL AUTO_INCREMENT, k enum('a','b'), PRIMARY KEY (id), UNIQUE KEY u (k), CONSTRAINT f FOREIGN KEY (id) REFERENCES x (id) ON DELETE CASCADE) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4", "ALTER TABLE t ADD INDEX i (a, b), DROP COLUMN c", "LOCK TABLES t READ", "UNLOCK TABLES", "SELECT `order`.`id` FROM `app`.`order`",
    ];

    private static readonly string[] PostgreSql =
    [
        "SELECT * FROM pg_stat_activity WHERE state = 'active'", "SELECT pg_size_pretty(pg_database_size('app'))", "SELECT relname, n_dead_tup FROM pg_stat_user_tables ORDER BY n_dead_tup DESC", "SELECT pg_size_pretty(pg_total_relation_size('orders'))", "SHOW work_mem", "SHOW ALL", "SET statement_timeout = '5s'", "VACUUM ANALYZE t", "VACUUM (FULL) t", "REINDEX TABLE t", "ANALYZE t",
        "EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM t", "SELECT date_trunc('day', created), count(*) FROM orders GROUP BY 1", "SELECT data->>'name' FROM t WHERE data @> '{\"a\": 1}'", "SELECT x::numeric(10,2), y::text FROM t", "INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO NOTHING", "UPDATE t SET x = 1 RETURNING id", "SELECT string_agg(name, ', ' ORDER BY name) FROM t", "SELECT count(*) FILTER (WHERE x > 1) FROM t",
        "SELECT * FROM generate_series(1, 10) AS g(n)", "SELECT now() - interval '1 day'", "SELECT ARRAY[1,2,3]", "SELECT * FROM t WHERE id = ANY (ARRAY[1,2])", "CREATE TABLE t (id serial PRIMARY KEY, data jsonb, CHECK (id > 0))", "CREATE ROLE ana LOGIN", "COPY t TO STDOUT", "CREATE UNIQUE INDEX CONCURRENTLY i ON t USING btree (lower(name))", "LOCK TABLE t IN SHARE MODE", "SELECT a.n FROM t a, LATERAL (SELECT 1) b",
        "SELECT extract(epoch FROM now() - query_start) FROM pg_stat_activity", "SELECT t.* FROM t CROSS JOIN u", "ALTER TABLE t ALTER COLUMN x TYPE bigint", "COMMENT ON TABLE t IS 'x'", "SELECT current_user, current_database()",
    ];

    internal static string[] Of(SqlDialect dialect) => dialect == SqlDialect.MySql ? [.. Shared, .. MySql] : [.. Shared.Where(s => !s.StartsWith("DROP INDEX", StringComparison.Ordinal)), .. PostgreSql];
}
