-- 0001-foundation.sql: the whole thread of issue A. Times are unix ms, UTC. Booleans are 0/1. Names are unique by name_key.

CREATE TABLE store_facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE secrets (
    purpose    TEXT PRIMARY KEY,          -- also the additional data of the seal
    sealed     BLOB NOT NULL,
    key_id     TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE cloud_connections (
    id                    INTEGER PRIMARY KEY,
    name                  TEXT NOT NULL,
    name_key              TEXT NOT NULL UNIQUE,
    provider              TEXT NOT NULL,
    endpoint              TEXT,
    role_name             TEXT NOT NULL,
    credential_source     TEXT NOT NULL,  -- Given, Environment, Profile, Default
    profile               TEXT,
    access_key_id         TEXT,           -- the id only; the secret is in secrets
    account_id            TEXT NOT NULL,
    directory_id          TEXT NOT NULL,
    management_account_id TEXT NOT NULL,
    connected_at          INTEGER NOT NULL
) STRICT;

CREATE TABLE member_accounts (
    id           TEXT PRIMARY KEY,        -- the Owner Account ID
    cloud_id     INTEGER NOT NULL REFERENCES cloud_connections (id),
    display_name TEXT NOT NULL,
    join_method  TEXT NOT NULL,
    status       TEXT NOT NULL,
    added_at     INTEGER NOT NULL,
    imported_at  INTEGER
) STRICT;

CREATE TABLE assets (
    id               INTEGER PRIMARY KEY,
    name             TEXT NOT NULL,
    name_key         TEXT NOT NULL UNIQUE,
    kind             TEXT NOT NULL,       -- Host, Database
    source           TEXT NOT NULL,       -- Cloud, Manual
    owner_account_id TEXT NOT NULL,
    instance_id      TEXT,
    cloud_name       TEXT,                -- the cloud's name when last seen: tells a rename there from a rename here
    region           TEXT,
    private_address  TEXT,
    public_address   TEXT,
    address_type     TEXT NOT NULL,       -- Private, Public
    operating_system TEXT,
    system_name      TEXT,
    engine           TEXT,
    engine_version   TEXT,
    ports            TEXT NOT NULL,       -- JSON object protocol → port
    tags             TEXT NOT NULL,       -- JSON object
    state            TEXT NOT NULL,
    cloud_status     TEXT,
    comment          TEXT,
    created_at       INTEGER NOT NULL,
    changed_at       INTEGER NOT NULL,
    seen_at          INTEGER,             -- last import that found it
    UNIQUE (owner_account_id, instance_id)
) STRICT;
CREATE INDEX assets_by_owner ON assets (owner_account_id, name_key);

CREATE TABLE host_keys (
    asset_id    INTEGER NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL,            -- SHA256:… as ssh prints it
    key_type    TEXT NOT NULL,
    key         BLOB NOT NULL,
    state       TEXT NOT NULL,            -- Trusted; Offered: the host showed it and was refused
    seen_at     INTEGER NOT NULL,
    trusted_by  TEXT,
    PRIMARY KEY (asset_id, fingerprint)
) STRICT;

CREATE TABLE asset_accounts (
    id              INTEGER PRIMARY KEY,
    asset_id        INTEGER NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
    name            TEXT NOT NULL,        -- the login; case matters on many systems
    protocol        TEXT NOT NULL,
    privileged      INTEGER NOT NULL,
    database        TEXT,
    has_password    INTEGER NOT NULL,
    key_fingerprint TEXT,
    comment         TEXT,
    created_at      INTEGER NOT NULL,
    changed_at      INTEGER NOT NULL,
    UNIQUE (asset_id, protocol, name)
) STRICT;

-- AUTOINCREMENT from here on: the id of what is gone must never mean someone or something else.
CREATE TABLE users (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL,
    name_key     TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    email        TEXT,
    comment      TEXT,
    valid_from   INTEGER,
    valid_until  INTEGER,
    created_at   INTEGER NOT NULL
) STRICT;

-- Grants add up: one row for each user, asset and validity; a grant with another validity is another row.
-- user_id and asset_id can be NULL for what other than a user can be given to, and other than an asset can be given.
CREATE TABLE grants (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id      INTEGER REFERENCES users (id) ON DELETE CASCADE,
    asset_id     INTEGER REFERENCES assets (id) ON DELETE CASCADE,
    all_accounts INTEGER NOT NULL,        -- 1: every account of the asset, later ones too
    valid_from   INTEGER,
    valid_until  INTEGER,
    granted_at   INTEGER NOT NULL,
    granted_by   TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX grants_once ON grants (user_id, asset_id, coalesce(valid_from, -1), coalesce(valid_until, -1));
CREATE INDEX grants_by_asset ON grants (asset_id, user_id);

CREATE TABLE grant_accounts (
    grant_id   INTEGER NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
    account_id INTEGER NOT NULL REFERENCES asset_accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (grant_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX grant_accounts_by_account ON grant_accounts (account_id);

CREATE TABLE control_policies (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE,
    priority   INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 100),
    enabled    INTEGER NOT NULL,
    comment    TEXT,
    all_assets INTEGER NOT NULL,
    accounts   TEXT,                      -- with all_assets: JSON array of account names; NULL: all accounts
    all_users  INTEGER NOT NULL,
    rules      TEXT NOT NULL,             -- JSON: one member a section that is set
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE policy_assets (
    policy_id INTEGER NOT NULL REFERENCES control_policies (id) ON DELETE CASCADE,
    asset_id  INTEGER NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
    accounts  TEXT,                       -- JSON array of account names; NULL: all accounts
    PRIMARY KEY (policy_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_assets_by_asset ON policy_assets (asset_id);

CREATE TABLE policy_users (
    policy_id INTEGER NOT NULL REFERENCES control_policies (id) ON DELETE CASCADE,
    user_id   INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (policy_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_users_by_user ON policy_users (user_id);

-- No foreign keys here: what happened stays told when the things themselves are gone.
CREATE TABLE sessions (
    id               TEXT PRIMARY KEY,    -- sorts by start
    user_name        TEXT NOT NULL,
    asset_id         INTEGER NOT NULL,
    asset_name       TEXT NOT NULL,
    asset_address    TEXT NOT NULL,
    account_name     TEXT NOT NULL,
    owner_account_id TEXT NOT NULL,
    protocol         TEXT NOT NULL,
    channel          TEXT NOT NULL,
    command          TEXT,
    source_address   TEXT NOT NULL,
    started_by       TEXT NOT NULL,       -- the caller; differs from user_name when an administrator acts for a user
    process_id       INTEGER NOT NULL,
    started_at       INTEGER NOT NULL,
    ended_at         INTEGER,
    state            TEXT NOT NULL,       -- Starting, Running, Ended, Broken, Denied, Failed
    end_reason       TEXT,
    exit_code        INTEGER,
    decision         TEXT NOT NULL,       -- JSON: which policy decided what, and why
    recording        TEXT,                -- path below the recordings folder
    output_bytes     INTEGER NOT NULL DEFAULT 0,
    input_bytes      INTEGER NOT NULL DEFAULT 0,
    recording_head   TEXT
) STRICT;
CREATE INDEX sessions_by_owner ON sessions (owner_account_id, started_at);
CREATE INDEX sessions_by_start ON sessions (started_at);
CREATE INDEX sessions_by_user ON sessions (user_name, started_at);
CREATE INDEX sessions_by_asset ON sessions (asset_name, started_at);
CREATE INDEX sessions_unsealed ON sessions (id) WHERE recording IS NOT NULL AND recording_head IS NULL;
CREATE INDEX sessions_open ON sessions (state) WHERE state IN ('Starting', 'Running');

CREATE TABLE audit_events (
    id               INTEGER PRIMARY KEY,
    at               INTEGER NOT NULL,
    caller           TEXT NOT NULL,
    source_address   TEXT NOT NULL,
    action           TEXT NOT NULL,       -- e.g. grant.added
    subject          TEXT NOT NULL,
    owner_account_id TEXT,
    detail           TEXT
) STRICT;
CREATE INDEX audit_events_by_owner ON audit_events (owner_account_id, at);
