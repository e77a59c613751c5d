-- 0003-roles.sql: projects, roles, and audit events that tell what was before and after (issue B).

-- A set of accounts. An account is in at most one: that is the primary key of its members.
CREATE TABLE projects (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE,
    comment    TEXT,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

-- No foreign key to member_accounts: owners of assets made by hand can be in a project too.
CREATE TABLE project_accounts (
    account_id TEXT PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX project_accounts_by_project ON project_accounts (project_id, account_id);

CREATE TABLE role_holdings (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    role          TEXT NOT NULL,          -- Administrator, Operator, Approver, Auditor
    user_id       INTEGER REFERENCES users (id) ON DELETE CASCADE,
    user_group_id INTEGER REFERENCES user_groups (id) ON DELETE CASCADE,
    project_id    INTEGER REFERENCES projects (id) ON DELETE CASCADE, -- NULL: for everything
    granted_at    INTEGER NOT NULL,
    granted_by    TEXT NOT NULL,
    CHECK ((user_id IS NULL) <> (user_group_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX role_holdings_once ON role_holdings (coalesce(user_id, -1), coalesce(user_group_id, -1), role, coalesce(project_id, -1));
CREATE INDEX role_holdings_by_user ON role_holdings (user_id);
CREATE INDEX role_holdings_by_user_group ON role_holdings (user_group_id);
CREATE INDEX role_holdings_by_project ON role_holdings (project_id);

-- Until now every user could use what was granted.
INSERT INTO role_holdings (role, user_id, granted_at, granted_by) SELECT 'Operator', id, created_at, 'upgrade' FROM users;

-- Whose session it was, whatever became of the name. Ids of users are never given again.
ALTER TABLE sessions ADD COLUMN user_id INTEGER;
UPDATE sessions SET user_id = (SELECT id FROM users WHERE name = user_name);
CREATE INDEX sessions_by_user_id ON sessions (user_id, started_at);

ALTER TABLE audit_events ADD COLUMN caller_user_id INTEGER; -- NULL: whoever held the store
ALTER TABLE audit_events ADD COLUMN before TEXT;            -- JSON: the fields that changed, as they were; NULL: nothing was before
ALTER TABLE audit_events ADD COLUMN after TEXT;             -- JSON: the same fields, as they are; NULL: nothing is after
-- Newest first is by id: an index has the rows of one value in that order.
DROP INDEX audit_events_by_owner;
CREATE INDEX audit_events_by_owner ON audit_events (owner_account_id);
CREATE INDEX audit_events_by_user ON audit_events (caller_user_id);
