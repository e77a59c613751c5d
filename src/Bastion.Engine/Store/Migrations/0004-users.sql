-- 0004-users.sql: users can be locked, sign in with keys and passwords, and are locked out when they fail too often (issue B).

-- A lock by an administrator, or by too many failed sign-ins; lock_kind NULL: none.
ALTER TABLE users ADD COLUMN lock_kind TEXT;        -- Administrator, FailedSignIns
ALTER TABLE users ADD COLUMN locked_at INTEGER;
ALTER TABLE users ADD COLUMN locked_until INTEGER;  -- NULL: until somebody unlocks
ALTER TABLE users ADD COLUMN locked_by TEXT;
ALTER TABLE users ADD COLUMN lock_reason TEXT;

-- A key signs in one user: it is unique over all of them.
CREATE TABLE user_public_keys (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id     INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key_type    TEXT NOT NULL,            -- as in OpenSSH's files, e.g. ssh-ed25519
    bits        INTEGER NOT NULL,
    key         BLOB NOT NULL,
    fingerprint TEXT NOT NULL UNIQUE,     -- SHA256:… as ssh prints it
    comment     TEXT,
    added_at    INTEGER NOT NULL,
    added_by    TEXT NOT NULL
) STRICT;
CREATE INDEX user_public_keys_by_user ON user_public_keys (user_id);

ALTER TABLE users ADD COLUMN password_set_at INTEGER;      -- NULL: no password
ALTER TABLE users ADD COLUMN must_change_password INTEGER NOT NULL DEFAULT 0;

-- The newest is the password; older ones are kept so that they don't come back. The hashes are in secrets: user/<user>/password/<id>.
CREATE TABLE user_passwords (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    set_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX user_passwords_by_user ON user_passwords (user_id, id);

-- How people sign in; without its row the defaults hold.
CREATE TABLE sign_in_policy (
    id                    INTEGER PRIMARY KEY CHECK (id = 1),
    lock_after            INTEGER NOT NULL,   -- failed sign-ins; 0: never
    lock_minutes          INTEGER NOT NULL,   -- 0: until somebody unlocks
    count_minutes         INTEGER NOT NULL,   -- failures older than that don't count
    min_password_length   INTEGER NOT NULL,
    min_password_classes  INTEGER NOT NULL,
    password_history      INTEGER NOT NULL,   -- passwords that can't come back
    max_password_age_days INTEGER NOT NULL,   -- 0: without end
    require_totp          INTEGER NOT NULL
) STRICT;

-- Sign-ins that failed or are under way, since the last that succeeded
ALTER TABLE users ADD COLUMN failed_sign_ins INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN failed_at INTEGER;

-- Code generators. The keys are in secrets: user/<user>/totp, and user/<user>/totp-pending until the first code.
ALTER TABLE users ADD COLUMN totp_since INTEGER;            -- NULL: none
ALTER TABLE users ADD COLUMN totp_pending_since INTEGER;    -- waits for its first code
ALTER TABLE users ADD COLUMN totp_last_step INTEGER;        -- codes of this time step and before are used

-- Directories (LDAP, Active Directory) that know users. The password to search with is in secrets: user-directory/<id>/password.
CREATE TABLE user_directories (
    id                     INTEGER PRIMARY KEY AUTOINCREMENT,
    name                   TEXT NOT NULL,
    name_key               TEXT NOT NULL UNIQUE,
    server                 TEXT NOT NULL,
    port                   INTEGER NOT NULL,
    base_dn                TEXT NOT NULL,
    bind_dn                TEXT,              -- NULL: searched without signing in
    filter                 TEXT NOT NULL,
    name_attribute         TEXT NOT NULL,
    display_name_attribute TEXT NOT NULL,
    email_attribute        TEXT NOT NULL,
    certificate_folder     TEXT,              -- NULL: the authorities that the system trusts
    created_at             INTEGER NOT NULL
) STRICT;

-- No cascade: a user must not become a local one because a directory goes.
ALTER TABLE users ADD COLUMN directory_id INTEGER REFERENCES user_directories (id);
ALTER TABLE users ADD COLUMN directory_name TEXT;           -- what the directory calls the user: a rename here must not lead to somebody else there
CREATE INDEX users_by_directory ON users (directory_id);
