-- Reminders that were made, and what keeps them back. All but the outbox follows from the facts.

CREATE TABLE reminder (
    row           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    fact          INTEGER NOT NULL REFERENCES fact (place),
    student_id    TEXT NOT NULL REFERENCES student (id),
    -- Who is reminded, where that is not the student.
    payer_id      TEXT REFERENCES payer (id),
    level         TEXT NOT NULL CHECK (level IN ('upcoming', 'first', 'second', 'final')),
    channel       TEXT NOT NULL CHECK (channel IN ('letter', 'email', 'sms')),
    made_on       TEXT NOT NULL,
    deadline      TEXT NOT NULL,
    currency      TEXT NOT NULL,
    total_minor   INTEGER NOT NULL,
    fee_minor     INTEGER,
    interest_minor INTEGER,
    -- Taken back: it does not count, but stays.
    withdrawn     INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX reminder_student ON reminder (student_id, row);

CREATE TABLE reminder_item (
    reminder_id TEXT NOT NULL REFERENCES reminder (id),
    invoice_id  TEXT NOT NULL REFERENCES document (id),
    -- The instalment, as plan and place `id/n`; empty for an invoice by its own due date.
    instalment  TEXT NOT NULL DEFAULT '',
    open_minor  INTEGER NOT NULL,
    PRIMARY KEY (reminder_id, invoice_id, instalment)
) WITHOUT ROWID;
CREATE INDEX reminder_item_invoice ON reminder_item (invoice_id);

-- `held` is `student/<id>` or `invoice/<id>`. The later clock wins; what was taken away stays as a
-- row: its clock must be remembered.
CREATE TABLE reminder_hold (
    held   TEXT NOT NULL,
    kind   TEXT NOT NULL CHECK (kind IN ('paused', 'disputed', 'promised')),
    until  TEXT,
    note   TEXT NOT NULL,
    active INTEGER NOT NULL,
    clock  TEXT NOT NULL,
    PRIMARY KEY (held, kind)
) WITHOUT ROWID;

-- Messages of this desk that wait, were sent, or need a person: reminders, and invoices by e-mail;
-- moments are milliseconds since 1970-01-01 UTC. A row is `sending` from before the first byte
-- leaves until its answer is known; what is found `sending` at the next start is `unknown`, and is
-- never sent again by itself, unless its gateway sends one message of a key only once.
CREATE TABLE outbox (
    row             INTEGER PRIMARY KEY,
    reminder_id     TEXT UNIQUE REFERENCES reminder (id),
    invoice_id      TEXT UNIQUE REFERENCES document (id),
    channel         TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
    state           TEXT NOT NULL CHECK (state IN
        ('waiting', 'sending', 'sent', 'refused', 'unknown', 'stale')),
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL DEFAULT 0,
    -- How often a person asked for it anew after a refusal: a part of its key.
    anew            INTEGER NOT NULL DEFAULT 0,
    -- What the mail server or the gateway said last.
    said            TEXT NOT NULL DEFAULT '',
    changed_at      INTEGER NOT NULL,
    CHECK ((reminder_id IS NULL) <> (invoice_id IS NULL))
) STRICT;
CREATE INDEX outbox_due ON outbox (channel, next_attempt_at) WHERE state = 'waiting';
CREATE INDEX outbox_stuck ON outbox (state) WHERE state IN ('sending', 'refused', 'unknown', 'stale');
