-- 0005-approvals.sql: requests for approval, and what approvers said to them (issue B).
-- No foreign keys: what was asked and answered stays told when the things themselves are gone.

CREATE TABLE approval_requests (
    id               TEXT PRIMARY KEY,    -- random, not to be guessed
    kind             TEXT NOT NULL,       -- Session, Command
    state            TEXT NOT NULL,       -- Pending, Approved, Denied, Expired, Used, Cancelled
    user_id          INTEGER NOT NULL,
    user_name        TEXT NOT NULL,
    asset_id         INTEGER NOT NULL,
    asset_name       TEXT NOT NULL,
    owner_account_id TEXT NOT NULL,
    account_id       INTEGER NOT NULL,
    account_name     TEXT NOT NULL,
    protocol         TEXT NOT NULL,
    channel          TEXT NOT NULL,
    command          TEXT,                -- the whole text
    command_hash     TEXT,                -- SHA-256 of its UTF-8 bytes, in hex
    reason           TEXT,
    once             INTEGER NOT NULL,    -- 1: one use; 0: any number within the window
    asked_from       INTEGER,             -- NULL: from the approval on
    asked_until      INTEGER,             -- NULL: as long as the rule lets it
    granted_from     INTEGER,
    granted_until    INTEGER,
    needed           INTEGER NOT NULL,    -- approvers, when it was asked
    approvers        TEXT NOT NULL,       -- JSON array: names of those who could approve when it was asked
    policy           TEXT NOT NULL,       -- the policy that asked
    break_glass      INTEGER NOT NULL DEFAULT 0,
    requested_by     TEXT NOT NULL,       -- the caller; differs from user_name when an administrator acts for a user
    caller_user_id   INTEGER,             -- the user that was signed in then
    source_address   TEXT NOT NULL,
    created_at       INTEGER NOT NULL,
    expires_at       INTEGER NOT NULL,    -- a request that nobody answered
    closed_at        INTEGER,             -- answered for good, expired, cancelled
    uses             INTEGER NOT NULL DEFAULT 0,
    used_at          INTEGER,             -- last
    session_id       TEXT                 -- last
) STRICT;
CREATE INDEX approval_requests_by_time ON approval_requests (created_at);
CREATE INDEX approval_requests_open ON approval_requests (user_id, asset_id) WHERE state IN ('Pending', 'Approved');

CREATE TABLE approval_decisions (
    request_id TEXT NOT NULL REFERENCES approval_requests (id) ON DELETE CASCADE,
    user_id    INTEGER NOT NULL,          -- the approver
    user_name  TEXT NOT NULL,
    given_by   TEXT NOT NULL,             -- the caller; differs from user_name when the store's administrator answers for the approver
    approved   INTEGER NOT NULL,
    comment    TEXT,
    at         INTEGER NOT NULL,
    PRIMARY KEY (request_id, user_id)     -- a later no of the same approver replaces the yes
) STRICT, WITHOUT ROWID;

-- Who is told of requests and answers. The address is a secret with many services, so it is in secrets, as the key for signatures is.
CREATE TABLE webhooks (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL,
    name_key     TEXT NOT NULL UNIQUE,
    shape        TEXT NOT NULL,           -- Json, DingTalk, Slack
    host         TEXT NOT NULL,           -- scheme, name and port of the address
    is_signed    INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    delivered_at INTEGER,                 -- last
    last_error   TEXT                     -- of the last try; NULL: it was delivered
) STRICT;

-- Written with what they tell of, sent by whichever process is there.
CREATE TABLE webhook_messages (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id INTEGER NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event      TEXT NOT NULL,
    body       TEXT NOT NULL,             -- JSON, as the shape Json has it
    tries      INTEGER NOT NULL,
    next_at    INTEGER NOT NULL           -- when it may be tried again
) STRICT;
CREATE INDEX webhook_messages_by_time ON webhook_messages (next_at);
CREATE INDEX webhook_messages_by_webhook ON webhook_messages (webhook_id);

-- Rules name approvers; this keeps who was meant when the rule was written, so that nobody becomes one by getting the name of another.
CREATE TABLE policy_approvers (
    policy_id INTEGER NOT NULL REFERENCES control_policies (id) ON DELETE CASCADE,
    name_key  TEXT NOT NULL,
    user_id   INTEGER REFERENCES users (id) ON DELETE CASCADE,
    group_id  INTEGER REFERENCES user_groups (id) ON DELETE CASCADE,
    CHECK ((user_id IS NULL) <> (group_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX policy_approvers_once ON policy_approvers (policy_id, name_key, user_id IS NULL);
CREATE INDEX policy_approvers_by_user ON policy_approvers (user_id);
CREATE INDEX policy_approvers_by_group ON policy_approvers (group_id);
