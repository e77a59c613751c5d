-- 0007-session-commands.sql: every command that was entered in a session, also one that was denied (issue C).

CREATE TABLE session_commands (
    id               INTEGER PRIMARY KEY,
    session_id       TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    owner_account_id TEXT NOT NULL,       -- the session's, so that one index serves an account's commands by time
    at               INTEGER NOT NULL,
    command          TEXT NOT NULL,
    decision         TEXT NOT NULL,       -- Allowed, Denied
    policy           TEXT,                -- the policy that decided; NULL: none restricts commands
    reason           TEXT NOT NULL,
    exit_code        INTEGER,             -- NULL: denied, or not known
    duration         INTEGER              -- ms; NULL: it did not run, or its end is not known
) STRICT;
CREATE INDEX session_commands_by_session ON session_commands (session_id, id);
CREATE INDEX session_commands_by_owner ON session_commands (owner_account_id, at);
CREATE INDEX session_commands_by_time ON session_commands (at);
