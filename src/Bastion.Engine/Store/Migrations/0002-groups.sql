-- 0002-groups.sql: groups of users and groups of assets, to grant to and on, and for policies to cover (issue B).

CREATE TABLE user_groups (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE,
    comment    TEXT,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE user_group_members (
    group_id INTEGER NOT NULL REFERENCES user_groups (id) ON DELETE CASCADE,
    user_id  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_group_members_by_user ON user_group_members (user_id);

CREATE TABLE asset_groups (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE,
    comment    TEXT,
    rule       TEXT,                      -- JSON: which assets are members; NULL: those that were put in by hand
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

-- Members by rule are here too: whoever writes an asset or a rule keeps them, in the same transaction.
CREATE TABLE asset_group_members (
    group_id INTEGER NOT NULL REFERENCES asset_groups (id) ON DELETE CASCADE,
    asset_id INTEGER NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_group_members_by_asset ON asset_group_members (asset_id);

-- A grant is to a user or a group of users, on an asset or a group of assets.
ALTER TABLE grants ADD COLUMN user_group_id INTEGER REFERENCES user_groups (id) ON DELETE CASCADE CHECK ((user_id IS NULL) <> (user_group_id IS NULL));
ALTER TABLE grants ADD COLUMN asset_group_id INTEGER REFERENCES asset_groups (id) ON DELETE CASCADE CHECK ((asset_id IS NULL) <> (asset_group_id IS NULL));
DROP INDEX grants_once;
CREATE UNIQUE INDEX grants_once ON grants (coalesce(user_id, -1), coalesce(user_group_id, -1), coalesce(asset_id, -1), coalesce(asset_group_id, -1), coalesce(valid_from, -1), coalesce(valid_until, -1));
CREATE INDEX grants_by_user ON grants (user_id, asset_id);
CREATE INDEX grants_by_user_group ON grants (user_group_id, asset_group_id);
CREATE INDEX grants_by_asset_group ON grants (asset_group_id, user_id);

-- On a group accounts are granted by name, and so on members that come later.
CREATE TABLE grant_account_names (
    grant_id INTEGER NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
    name     TEXT NOT NULL,
    PRIMARY KEY (grant_id, name)
) STRICT, WITHOUT ROWID;

-- No cascade from the groups: a policy must not lose what it covers because a group goes.
CREATE TABLE policy_user_groups (
    policy_id INTEGER NOT NULL REFERENCES control_policies (id) ON DELETE CASCADE,
    group_id  INTEGER NOT NULL REFERENCES user_groups (id),
    PRIMARY KEY (policy_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_user_groups_by_group ON policy_user_groups (group_id);

CREATE TABLE policy_asset_groups (
    policy_id INTEGER NOT NULL REFERENCES control_policies (id) ON DELETE CASCADE,
    group_id  INTEGER NOT NULL REFERENCES asset_groups (id),
    accounts  TEXT,                       -- JSON array of account names; NULL: all accounts
    PRIMARY KEY (policy_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_asset_groups_by_group ON policy_asset_groups (group_id);
