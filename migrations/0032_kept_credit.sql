-- Money kept as credit is told to a system as money on account: a kind more that is sent. The table is
-- made anew for its CHECK; what refers to it is judged at the end of the transaction, when every row
-- is back.

PRAGMA defer_foreign_keys = ON;
CREATE TABLE export_record_kept AS SELECT * FROM export_record;
DROP TABLE export_record;
CREATE TABLE export_record (
    id INTEGER PRIMARY KEY,
    connection_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN
        ('customer', 'invoice', 'credit_note', 'on_account', 'payment', 'credit_allocation',
         'write_off', 'refund', 'journal', 'attachment')),
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
INSERT INTO export_record SELECT * FROM export_record_kept ORDER BY id;
DROP TABLE export_record_kept;

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

-- Both books are compared by it as well.
CREATE TABLE remote_record_kept AS SELECT * FROM remote_record;
DROP TABLE remote_record;
CREATE TABLE remote_record (
    connection_id TEXT NOT NULL,
    from_day      TEXT NOT NULL,
    to_day        TEXT NOT NULL,
    place         INTEGER NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN
        ('invoice', 'credit_note', 'on_account', 'payment')),
    remote_id     TEXT NOT NULL,
    number        TEXT NOT NULL,
    reference     TEXT NOT NULL,
    date          TEXT NOT NULL,
    due_date      TEXT,
    contact       TEXT,
    currency      TEXT NOT NULL,
    gross_minor   INTEGER NOT NULL,
    vat_minor     INTEGER,
    open_minor    INTEGER,
    state         TEXT NOT NULL CHECK (state IN ('live', 'draft', 'voided', 'deleted')),
    PRIMARY KEY (connection_id, from_day, to_day, place)
) STRICT, WITHOUT ROWID;
INSERT INTO remote_record SELECT * FROM remote_record_kept;
DROP TABLE remote_record_kept;

-- The parts of payments that a company is told as money on account. An id follows from the company,
-- the payment and how many parts came before, so that a company that is connected anew knows them.
-- What was sent keeps its amount, in minor units of the payment's own currency; what was not sent yet
-- shrinks when an invoice takes of it.
CREATE TABLE kept_credit (
    id           TEXT NOT NULL PRIMARY KEY,
    payment_id   TEXT NOT NULL,
    -- The student, or the payer whose invoice the payment was for.
    customer_id  TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0)
) STRICT;
CREATE INDEX kept_credit_payment ON kept_credit (payment_id);
