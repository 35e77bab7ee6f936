-- A system may keep a customer in one currency for life: then whoever has documents in two is two
-- customers there. The table is made anew for what is unique in it; what refers to it is judged at the
-- end of the transaction, when every row is back.

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
    -- Of a customer: the one that all its documents there are in; nothing where it is the book's, or
    -- where one customer takes every currency.
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
    exported_at INTEGER
) STRICT;
INSERT INTO export_record SELECT * FROM export_record_kept ORDER BY id;
DROP TABLE export_record_kept;

-- One of each; of customers one for each currency.
CREATE UNIQUE INDEX export_record_one ON export_record (connection_id, kind, document_id, operation,
    revision, iif(kind = 'customer', coalesce(currency, ''), ''));
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
