-- What comes back from accounting systems: how far each was read, and what became of every record
-- that was told. Not facts: what enters the book is recorded as facts beside it.
-- Moments are milliseconds since 1970-01-01 UTC.

CREATE TABLE incoming_cursor (
    connection_id TEXT NOT NULL PRIMARY KEY,
    -- By the clock of the other side: what changed since then is asked for next.
    read_until    INTEGER NOT NULL,
    -- By the clock of this desk.
    read_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for each record of theirs that was told, as it was told last.
CREATE TABLE incoming (
    id            INTEGER PRIMARY KEY,
    connection_id TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN
        ('customer', 'invoice', 'credit_note', 'payment', 'credit_allocation')),
    remote_id     TEXT NOT NULL,
    -- Digest of what was told, so that the same is not looked at twice.
    seen_hash     TEXT NOT NULL,
    seen_at       INTEGER NOT NULL,
    outcome       TEXT NOT NULL CHECK (outcome IN
        ('taken', 'ours', 'same', 'conflict', 'decided', 'ignored')),
    -- Why a person must decide.
    cause         TEXT,
    -- The system made it by itself.
    automatic     INTEGER NOT NULL DEFAULT 0,
    -- Whom it is about here, and which row of ours.
    student_id    TEXT,
    ours_id       TEXT,
    label         TEXT NOT NULL DEFAULT '',
    -- The three sides of a conflict, each an object of field and text, and what was told.
    agreed        TEXT,
    ours          TEXT,
    theirs        TEXT,
    told          TEXT,
    choice        TEXT,
    reason        TEXT,
    decided_at    INTEGER,
    UNIQUE (connection_id, kind, remote_id)
) STRICT;

CREATE INDEX incoming_conflict ON incoming (connection_id, id) WHERE outcome = 'conflict';

-- A customer as both sides last agreed on it: what we had, and what they had, which may differ in
-- spelling. What differs from this was changed since.
CREATE TABLE agreed_customer (
    connection_id TEXT NOT NULL,
    remote_id     TEXT NOT NULL,
    -- A student or a payer.
    customer_id   TEXT NOT NULL,
    student_id    TEXT,
    here          TEXT NOT NULL,
    there         TEXT NOT NULL,
    PRIMARY KEY (connection_id, remote_id)
) STRICT, WITHOUT ROWID;
