-- 0006-credentials.sql: shared keys, certificate authorities, what a test of a credential found, and secrets on their way (issue B, item 2).

CREATE TABLE shared_keys (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL UNIQUE,
    key_type    TEXT NOT NULL,            -- e.g. ssh-ed25519
    public_key  BLOB NOT NULL,            -- the blob; the private key is in secrets
    fingerprint TEXT NOT NULL,
    expires_at  INTEGER,                  -- a reminder: NULL: never
    comment     TEXT,
    created_at  INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE certificate_authorities (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    name             TEXT NOT NULL,
    name_key         TEXT NOT NULL UNIQUE,
    public_key       BLOB NOT NULL,
    fingerprint      TEXT NOT NULL,
    validity         INTEGER NOT NULL,    -- ms that a certificate holds
    source_addresses TEXT,                -- comma-separated; NULL: certificates may be used from anywhere
    last_serial      INTEGER NOT NULL,    -- of the certificates issued so far
    comment          TEXT,
    created_at       INTEGER NOT NULL,
    changed_at       INTEGER NOT NULL
) STRICT;

-- No cascade: an account must not lose its way to log on because a key or an authority goes.
ALTER TABLE asset_accounts ADD COLUMN shared_key_id INTEGER REFERENCES shared_keys (id);
ALTER TABLE asset_accounts ADD COLUMN authority_id INTEGER REFERENCES certificate_authorities (id);
ALTER TABLE asset_accounts ADD COLUMN secret_changed_at INTEGER;   -- last rotation that was completed
CREATE INDEX asset_accounts_by_shared_key ON asset_accounts (shared_key_id) WHERE shared_key_id IS NOT NULL;
CREATE INDEX asset_accounts_by_authority ON asset_accounts (authority_id) WHERE authority_id IS NOT NULL;

-- The last test of each account's credential.
CREATE TABLE credential_tests (
    account_id INTEGER PRIMARY KEY REFERENCES asset_accounts (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    state      TEXT NOT NULL,
    credential TEXT,
    reason     TEXT
) STRICT;

-- A secret that is being changed on its asset: a row from before the first step there until after the last. The new secret is in secrets.
CREATE TABLE secret_changes (
    account_id INTEGER PRIMARY KEY REFERENCES asset_accounts (id) ON DELETE CASCADE,
    what       TEXT NOT NULL,             -- Password, PrivateKey
    phase      TEXT NOT NULL,             -- Pending: which secret works is not known; Committed: the new one does, the old key is still on the asset
    via        TEXT,                      -- the privileged account that makes the change; NULL: the account itself
    file       TEXT,                      -- authorized_keys file on the asset; NULL: the usual one
    old_key    BLOB,                      -- public halves of the keys
    new_key    BLOB,
    started_at INTEGER NOT NULL,
    started_by TEXT NOT NULL
) STRICT;
