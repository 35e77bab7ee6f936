-- What goes to accounting systems: this desk's queue, its history, and what it knows of the other
-- side. Nothing here follows from the facts alone, so a replay neither needs nor checks it.
-- Moments are milliseconds since 1970-01-01 UTC; amounts are minor units.

-- How a connection stands at this desk.
CREATE TABLE connection_run (
    connection_id TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'sign_in_needed')),
    -- When a person let it begin to send; before that everything waits.
    started_at INTEGER,
    -- Unanswered calls in a row, and until when the connection rests because of them.
    failures INTEGER NOT NULL DEFAULT 0,
    resting_until INTEGER,
    -- Nothing is sent before this moment: a call limit is used up.
    held_until INTEGER,
    last_success INTEGER,
    next_run INTEGER,
    -- Calls of the last day, as the throttle keeps them.
    day_use TEXT NOT NULL DEFAULT '[]',
    calls_left INTEGER,
    -- What the company file told about itself.
    base_currency TEXT,
    locked_until TEXT,
    reference_data_at INTEGER,
    -- The run in progress or the last one.
    last_run TEXT
) STRICT;

-- Their accounts and tax rates, as last read.
CREATE TABLE remote_object (
    connection_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('account', 'tax_code')),
    code TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    name TEXT NOT NULL,
    class TEXT NOT NULL,
    rate TEXT,
    default_tax_code TEXT,
    for_sales INTEGER NOT NULL,
    active INTEGER NOT NULL,
    PRIMARY KEY (connection_id, kind, code)
) STRICT, WITHOUT ROWID;

-- Income accounts of lines without a service, each with the newest date of a document that has
-- such a line: they are mapped by account.
CREATE TABLE line_account (
    account TEXT NOT NULL PRIMARY KEY,
    last_used TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE export_record (
    id INTEGER PRIMARY KEY,
    connection_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN
        ('customer', 'invoice', 'credit_note', 'payment', 'credit_allocation', 'write_off',
         'refund')),
    document_id TEXT NOT NULL,
    -- `create`; `update-N` for the Nth change of a customer that is there already; `undo` for what
    -- no longer counts here and is there.
    operation TEXT NOT NULL DEFAULT 'create',
    revision INTEGER NOT NULL DEFAULT 1,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN
        ('pending', 'in_flight', 'exported', 'retry_wait', 'unknown', 'needs_review', 'blocked',
         'settled_manually', 'skipped', 'cancelled', 'superseded')),
    -- Records that must be there first.
    depends_on INTEGER REFERENCES export_record (id),
    depends_also_on INTEGER REFERENCES export_record (id),
    -- The customer whose records keep their order.
    student_id TEXT NOT NULL,
    label TEXT NOT NULL,
    date TEXT,
    amount_minor INTEGER,
    currency TEXT,
    -- Made before sending: key and hash of what is sent under it.
    idempotency_key TEXT,
    body_hash TEXT,
    -- Looked up before it is sent.
    look_first INTEGER NOT NULL DEFAULT 0,
    -- Sends that really failed.
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER,
    -- Why it is not known whether it was applied, and since when.
    doubt TEXT,
    doubt_since INTEGER,
    external_id TEXT,
    external_number TEXT,
    external_url TEXT,
    remote_gross_minor INTEGER,
    external_reference TEXT,
    reason TEXT,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    exported_at INTEGER,
    UNIQUE (connection_id, kind, document_id, operation, revision)
) STRICT;

-- A record there belongs to one of ours.
CREATE UNIQUE INDEX export_record_external ON export_record (connection_id, kind, external_id)
    WHERE external_id IS NOT NULL AND state <> 'superseded';
-- The queue: what may be claimed, in order.
CREATE INDEX export_record_queue ON export_record (connection_id, kind, id)
    WHERE state IN ('pending', 'retry_wait');
CREATE INDEX export_record_doubtful ON export_record (connection_id, kind, id)
    WHERE state = 'unknown';
CREATE INDEX export_record_flying ON export_record (id) WHERE state = 'in_flight';
CREATE INDEX export_record_state ON export_record (connection_id, state, changed_at);
CREATE INDEX export_record_document ON export_record (document_id);
CREATE INDEX export_record_first ON export_record (depends_on) WHERE depends_on IS NOT NULL;
CREATE INDEX export_record_second ON export_record (depends_also_on)
    WHERE depends_also_on IS NOT NULL;

-- Why records wait for a person: one row per thing to mend.
CREATE TABLE export_cause (
    id INTEGER PRIMARY KEY,
    connection_id TEXT NOT NULL,
    class TEXT NOT NULL,
    subject TEXT NOT NULL,
    params TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    resolved_at INTEGER
) STRICT;

CREATE UNIQUE INDEX export_cause_open ON export_cause (connection_id, class, subject)
    WHERE resolved_at IS NULL;

-- Which records a cause holds up; a record goes on when it has none left.
CREATE TABLE export_cause_record (
    cause_id INTEGER NOT NULL REFERENCES export_cause (id),
    record_id INTEGER NOT NULL REFERENCES export_record (id),
    PRIMARY KEY (cause_id, record_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX export_cause_by_record ON export_cause_record (record_id);

-- Calls made, and what each brought for each record. Neither is ever changed, but what was said of a
-- person goes when the person is erased.
CREATE TABLE export_call (
    id INTEGER PRIMARY KEY,
    connection_id TEXT NOT NULL,
    call TEXT NOT NULL CHECK (call IN ('push', 'find')),
    started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    status INTEGER,
    request_id TEXT,
    excerpt TEXT NOT NULL
) STRICT;

CREATE TABLE export_attempt (
    id INTEGER PRIMARY KEY,
    record_id INTEGER NOT NULL REFERENCES export_record (id),
    call_id INTEGER NOT NULL REFERENCES export_call (id),
    revision INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN
        ('exported', 'found', 'refused', 'not_sent', 'unknown', 'waited', 'absent')),
    class TEXT,
    text TEXT NOT NULL
) STRICT;

CREATE INDEX export_attempt_record ON export_attempt (record_id);

CREATE TRIGGER export_call_stays BEFORE UPDATE ON export_call
WHEN NEW.excerpt <> '' OR (NEW.id, NEW.connection_id, NEW.call, NEW.started_at, NEW.ended_at,
        NEW.status, NEW.request_id)
    IS NOT (OLD.id, OLD.connection_id, OLD.call, OLD.started_at, OLD.ended_at, OLD.status,
        OLD.request_id)
BEGIN SELECT RAISE(ABORT, 'the history of calls only ever loses what it quotes'); END;
CREATE TRIGGER export_call_kept BEFORE DELETE ON export_call
BEGIN SELECT RAISE(ABORT, 'the history of calls is append-only'); END;
CREATE TRIGGER export_attempt_stays BEFORE UPDATE ON export_attempt
WHEN NEW.text <> '' OR (NEW.id, NEW.record_id, NEW.call_id, NEW.revision, NEW.outcome, NEW.class)
    IS NOT (OLD.id, OLD.record_id, OLD.call_id, OLD.revision, OLD.outcome, OLD.class)
BEGIN SELECT RAISE(ABORT, 'the history of attempts only ever loses what it quotes'); END;
CREATE TRIGGER export_attempt_kept BEFORE DELETE ON export_attempt
BEGIN SELECT RAISE(ABORT, 'the history of attempts is append-only'); END;
