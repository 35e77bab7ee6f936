-- The book: the log of facts, and the tables that follow from it.
-- Amounts are whole minor units of the currency beside them. Dates are ISO 8601 text. Ids are
-- UUIDs in their hyphenated spelling. One file holds the book of one school, and every amount is in
-- its currency; columns named foreign_… hold what a document or payment in another currency says in
-- its own, and are null for all others.

-- What happened. Personal data stands apart, so that it can be erased while the chain still holds:
-- the chain covers its salted digest only.
CREATE TABLE fact (
    place           INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    desk            TEXT NOT NULL,
    seq             INTEGER NOT NULL,
    clock           TEXT NOT NULL,
    actor           TEXT NOT NULL,
    version         INTEGER NOT NULL,
    kind            TEXT NOT NULL,
    subject         TEXT,
    body            TEXT NOT NULL,
    salt            BLOB,
    personal        TEXT,
    personal_digest BLOB,
    prev_hash       BLOB NOT NULL,
    hash            BLOB NOT NULL,
    UNIQUE (desk, seq)
);
CREATE INDEX fact_subject ON fact (subject) WHERE subject IS NOT NULL;

CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact
BEGIN
    SELECT raise(ABORT, 'facts are never deleted');
END;

CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
WHEN NEW.personal IS NOT NULL OR NEW.salt IS NOT NULL
    OR (NEW.place, NEW.id, NEW.desk, NEW.seq, NEW.clock, NEW.actor, NEW.version, NEW.kind,
        NEW.body, NEW.prev_hash, NEW.hash)
    IS NOT (OLD.place, OLD.id, OLD.desk, OLD.seq, OLD.clock, OLD.actor, OLD.version, OLD.kind,
        OLD.body, OLD.prev_hash, OLD.hash)
    OR NEW.subject IS NOT OLD.subject OR NEW.personal_digest IS NOT OLD.personal_digest
BEGIN
    SELECT raise(ABORT, 'a fact only ever loses its personal data');
END;

-- The end of each desk's chain: tells when the last facts were cut off.
CREATE TABLE chain (
    desk TEXT PRIMARY KEY,
    seq  INTEGER NOT NULL,
    hash BLOB NOT NULL
) WITHOUT ROWID;

-- Master data: the later clock wins, and is kept in the row.

CREATE TABLE school (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    id       TEXT NOT NULL,
    currency TEXT NOT NULL,
    body     TEXT NOT NULL,
    clock    TEXT NOT NULL
);

CREATE TABLE department (
    id    TEXT PRIMARY KEY,
    name  TEXT NOT NULL,
    clock TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE tax_code (
    code       TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    body       TEXT NOT NULL,
    clock      TEXT NOT NULL,
    PRIMARY KEY (code, valid_from)
) WITHOUT ROWID;

CREATE TABLE payment_method (
    code  TEXT PRIMARY KEY,
    name  TEXT NOT NULL,
    body  TEXT NOT NULL,
    clock TEXT NOT NULL
) WITHOUT ROWID;

-- `next` follows from the documents: one more than the largest sequence issued.
CREATE TABLE number_series (
    id     TEXT PRIMARY KEY,
    kind   TEXT NOT NULL,
    desk   TEXT NOT NULL,
    prefix TEXT NOT NULL,
    next   INTEGER NOT NULL,
    body   TEXT NOT NULL,
    clock  TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE service (
    id     TEXT PRIMARY KEY,
    code   TEXT NOT NULL,
    name   TEXT NOT NULL,
    active INTEGER NOT NULL,
    body   TEXT NOT NULL,
    clock  TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX service_code ON service (code);

CREATE TABLE student (
    row           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    number        TEXT NOT NULL,
    name          TEXT NOT NULL,
    email         TEXT NOT NULL,
    phone         TEXT NOT NULL,
    address       TEXT NOT NULL,
    -- How they wish to be reminded; nothing: as the schedule says.
    reach_by      TEXT,
    department_id TEXT REFERENCES department (id),
    open_minor    INTEGER NOT NULL DEFAULT 0,
    credit_minor  INTEGER NOT NULL DEFAULT 0,
    balance_minor INTEGER NOT NULL GENERATED ALWAYS AS (open_minor - credit_minor) STORED,
    oldest_due    TEXT,
    clock         TEXT NOT NULL,
    person_clock  TEXT NOT NULL,
    -- Came with a file that was taken back, and shown in no list since.
    away          INTEGER NOT NULL DEFAULT 0,
    -- The driving test, where one is booked.
    test_on       TEXT,
    test_clock    TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX student_number ON student (number);
-- Covers the names of an ageing list.
CREATE INDEX student_name ON student (name COLLATE NOCASE, row, id, number, department_id, away);
CREATE INDEX student_balance ON student (balance_minor, row, away);

-- Drafts, invoices and credit notes in one list. A credit note's total is below nothing, and so is
-- what is unused of it; hence a student owes the sum of open_minor less unallocated payments.
-- A draft has no number and no fact. The document itself stands in the body of its fact.
CREATE TABLE document (
    row               INTEGER PRIMARY KEY,
    id                TEXT NOT NULL UNIQUE,
    kind              TEXT NOT NULL CHECK (kind IN ('draft', 'invoice', 'credit_note')),
    fact              INTEGER REFERENCES fact (place),
    number            TEXT UNIQUE,
    series_id         TEXT REFERENCES number_series (id),
    sequence          INTEGER,
    student_id        TEXT REFERENCES student (id),
    student_name      TEXT NOT NULL DEFAULT '',
    -- Who is asked to pay, where that is not the student.
    payer_id          TEXT REFERENCES payer (id),
    payer_name        TEXT NOT NULL DEFAULT '',
    -- The invoice of the first payer, on every part of a split document.
    split_first       TEXT,
    department_id     TEXT REFERENCES department (id),
    invoice_id        TEXT REFERENCES document (id),
    issue_date        TEXT NOT NULL,
    due_date          TEXT NOT NULL,
    currency          TEXT NOT NULL,
    net_minor         INTEGER NOT NULL,
    vat_minor         INTEGER NOT NULL,
    gross_minor       INTEGER NOT NULL,
    open_minor        INTEGER NOT NULL,
    credited_minor    INTEGER NOT NULL DEFAULT 0,
    -- Given up of it, small differences left out.
    written_off_minor INTEGER NOT NULL DEFAULT 0,
    payment_reference TEXT NOT NULL DEFAULT '',
    reference         TEXT NOT NULL DEFAULT '',
    draft_body        TEXT,
    -- The day on which a draft is issued by itself, and who said so.
    scheduled_on      TEXT,
    scheduled_by      TEXT NOT NULL DEFAULT '',
    -- A draft that was to be issued by itself, and a rule stood against it.
    kept_back         INTEGER NOT NULL DEFAULT 0,
    -- What of open_minor a payment plan covers, when the first of it is due, and the last day on
    -- which the plan holds as things stand.
    planned_minor     INTEGER NOT NULL DEFAULT 0,
    plan_due          TEXT,
    plan_until        TEXT,
    -- The last day on which nothing of it is overdue.
    late_after        TEXT NOT NULL GENERATED ALWAYS AS (
        CASE WHEN plan_due IS NULL THEN due_date
             WHEN planned_minor < open_minor THEN min(due_date, plan_due)
             ELSE min(plan_due, max(due_date, plan_until)) END) STORED,
    -- Issued by another system, and of no series: never told to accounting systems.
    opening           INTEGER NOT NULL DEFAULT 0,
    foreign_currency  TEXT,
    foreign_vat_minor INTEGER,
    foreign_gross_minor INTEGER,
    foreign_open_minor INTEGER,
    foreign_credited_minor INTEGER,
    foreign_written_off_minor INTEGER,
    CHECK (kind = 'draft' OR (fact IS NOT NULL AND number IS NOT NULL AND student_id IS NOT NULL)),
    UNIQUE (series_id, sequence)
);
-- Covers counts and sums of every view.
CREATE INDEX document_issue ON document
    (issue_date, row, kind, due_date, late_after, gross_minor, open_minor, credited_minor);
CREATE INDEX document_due ON document (due_date, row);
CREATE INDEX document_gross ON document (gross_minor, row);
CREATE INDEX document_student_name ON document (student_name COLLATE NOCASE, row);
-- Covers the sums of what a search for students finds.
CREATE INDEX document_student ON document
    (student_id, issue_date, kind, due_date, late_after, gross_minor, open_minor, credited_minor);
CREATE INDEX document_invoice ON document (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX document_draft ON document (issue_date, row) WHERE kind = 'draft';
-- What is owed, covering ageing by either date.
CREATE INDEX document_owed ON document
    (student_id, due_date, issue_date, open_minor, planned_minor, late_after, kind, payer_id)
    WHERE open_minor > 0 AND kind = 'invoice';
CREATE INDEX document_owed_due ON document (due_date, open_minor, planned_minor)
    WHERE open_minor > 0 AND kind = 'invoice';
CREATE INDEX document_owed_late ON document (late_after, row)
    WHERE open_minor > 0 AND kind = 'invoice';
CREATE INDEX document_owed_issue ON document
    (issue_date, row, due_date, late_after, gross_minor, open_minor)
    WHERE open_minor > 0 AND kind = 'invoice';
CREATE INDEX document_unused ON document (student_id, issue_date, open_minor, payer_id)
    WHERE open_minor < 0;

-- It counts from counts_from until counts_until; both and the state follow from what it was when
-- recorded and from its turns.
CREATE TABLE payment (
    row               INTEGER PRIMARY KEY,
    id                TEXT NOT NULL UNIQUE,
    fact              INTEGER NOT NULL REFERENCES fact (place),
    student_id        TEXT NOT NULL REFERENCES student (id),
    student_name      TEXT NOT NULL,
    method            TEXT NOT NULL,
    received_on       TEXT NOT NULL,
    currency          TEXT NOT NULL,
    amount_minor      INTEGER NOT NULL,
    unallocated_minor INTEGER NOT NULL,
    department_id     TEXT REFERENCES department (id),
    reference         TEXT NOT NULL,
    note              TEXT NOT NULL,
    pending           INTEGER NOT NULL DEFAULT 0,
    event             TEXT,
    state             TEXT NOT NULL DEFAULT 'confirmed'
                      CHECK (state IN ('pending', 'failed', 'confirmed', 'reversed')),
    counts_from       TEXT,
    counts_until      TEXT,
    foreign_currency  TEXT,
    foreign_minor     INTEGER,
    foreign_unallocated_minor INTEGER
);
CREATE INDEX payment_received ON payment
    (received_on, row, amount_minor, unallocated_minor, state);
CREATE INDEX payment_reversed ON payment (counts_until) WHERE counts_until IS NOT NULL;
CREATE INDEX payment_student_name ON payment (student_name COLLATE NOCASE, row);
CREATE INDEX payment_amount ON payment (amount_minor, row);
CREATE INDEX payment_student ON payment (student_id, received_on);
CREATE INDEX payment_unused ON payment (student_id, counts_from, unallocated_minor)
    WHERE unallocated_minor > 0;

-- Exactly one of payment_id, credit_note_id and write_off (the reason) is set. It counts from
-- effective_on, the latest of its own date, the invoice's and the source's, until ended_on, the
-- earliest of its releases and the reversal of its payment. The dates are copies, worked out anew
-- where their causes change, so that ageing on a past day reads one index. amount_minor is taken from
-- the invoice, source_minor from the money or credit behind it: they differ only where currencies
-- were exchanged at another rate. Of these, foreign_minor is what was settled in the invoice's own
-- currency, and the two worths are what the fact says; both amounts follow from them.
CREATE TABLE allocation (
    row            INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    fact           INTEGER NOT NULL REFERENCES fact (place),
    invoice_id     TEXT NOT NULL REFERENCES document (id),
    payment_id     TEXT REFERENCES payment (id),
    credit_note_id TEXT REFERENCES document (id),
    write_off      TEXT,
    is_small       INTEGER NOT NULL DEFAULT 0,
    student_id     TEXT NOT NULL,
    amount_minor   INTEGER NOT NULL,
    source_minor   INTEGER NOT NULL,
    foreign_minor  INTEGER CHECK (foreign_minor > 0),
    worth_minor    INTEGER,
    source_worth_minor INTEGER,
    allocated_on   TEXT NOT NULL,
    effective_on   TEXT NOT NULL,
    ended_on       TEXT,
    issue_date     TEXT NOT NULL,
    due_date       TEXT NOT NULL,
    source_date    TEXT,
    CHECK ((payment_id IS NOT NULL) + (credit_note_id IS NOT NULL) + (write_off IS NOT NULL) = 1),
    CHECK (foreign_minor IS NOT NULL OR (amount_minor > 0 AND source_minor = amount_minor))
);
CREATE INDEX allocation_invoice ON allocation (invoice_id, amount_minor, ended_on);
CREATE INDEX allocation_payment ON allocation (payment_id, source_minor, ended_on)
    WHERE payment_id IS NOT NULL;
CREATE INDEX allocation_credit_note ON allocation (credit_note_id, source_minor, ended_on)
    WHERE credit_note_id IS NOT NULL;
CREATE INDEX allocation_exchanged ON allocation (student_id, effective_on)
    WHERE source_minor <> amount_minor;
CREATE INDEX allocation_effective ON allocation
    (effective_on, issue_date, due_date, source_date, student_id, amount_minor, ended_on)
    WHERE ended_on IS NULL;
CREATE INDEX allocation_ended ON allocation (ended_on, effective_on) WHERE ended_on IS NOT NULL;
CREATE INDEX allocation_write_off ON allocation (student_id) WHERE write_off IS NOT NULL;

CREATE TABLE connection (
    id                  TEXT PRIMARY KEY,
    provider            TEXT NOT NULL,
    remote_company_id   TEXT NOT NULL,
    remote_company_name TEXT NOT NULL,
    export_from         TEXT,
    opened              TEXT NOT NULL,
    closed              INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- A mapping that was taken away stays as a row without remote_code: its clock must be remembered.
CREATE TABLE mapping (
    connection_id TEXT NOT NULL REFERENCES connection (id),
    kind          TEXT NOT NULL,
    local_key     TEXT NOT NULL,
    remote_code   TEXT,
    origin        TEXT NOT NULL,
    clock         TEXT NOT NULL,
    PRIMARY KEY (connection_id, kind, local_key)
) WITHOUT ROWID;

-- Lists show and sort by the student's present name.
CREATE TRIGGER student_name_update AFTER UPDATE OF name ON student WHEN NEW.name IS NOT OLD.name
BEGIN
    UPDATE document SET student_name = NEW.name WHERE student_id = NEW.id;
    UPDATE payment SET student_name = NEW.name WHERE student_id = NEW.id;
END;

-- This desk's own settings; not facts.
CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Full text, kept by triggers so that no writer can forget it.

CREATE VIRTUAL TABLE student_text USING fts5 (
    number, name, email, phone,
    content = 'student', content_rowid = 'row',
    tokenize = 'unicode61 remove_diacritics 2', columnsize = 0
);
CREATE TRIGGER student_text_insert AFTER INSERT ON student
BEGIN
    INSERT INTO student_text (rowid, number, name, email, phone)
    VALUES (NEW.row, NEW.number, NEW.name, NEW.email, NEW.phone);
END;
CREATE TRIGGER student_text_update AFTER UPDATE OF number, name, email, phone ON student
BEGIN
    INSERT INTO student_text (student_text, rowid, number, name, email, phone)
    VALUES ('delete', OLD.row, OLD.number, OLD.name, OLD.email, OLD.phone);
    INSERT INTO student_text (rowid, number, name, email, phone)
    VALUES (NEW.row, NEW.number, NEW.name, NEW.email, NEW.phone);
END;

CREATE VIRTUAL TABLE document_text USING fts5 (
    number, payment_reference, reference,
    content = 'document', content_rowid = 'row',
    tokenize = 'unicode61 remove_diacritics 2', columnsize = 0
);
CREATE TRIGGER document_text_insert AFTER INSERT ON document
BEGIN
    INSERT INTO document_text (rowid, number, payment_reference, reference)
    VALUES (NEW.row, NEW.number, NEW.payment_reference, NEW.reference);
END;
CREATE TRIGGER document_text_delete AFTER DELETE ON document
BEGIN
    INSERT INTO document_text (document_text, rowid, number, payment_reference, reference)
    VALUES ('delete', OLD.row, OLD.number, OLD.payment_reference, OLD.reference);
END;

CREATE VIRTUAL TABLE payment_text USING fts5 (
    reference,
    content = 'payment', content_rowid = 'row',
    tokenize = 'unicode61 remove_diacritics 2', columnsize = 0
);
CREATE TRIGGER payment_text_insert AFTER INSERT ON payment
BEGIN
    INSERT INTO payment_text (rowid, reference) VALUES (NEW.row, NEW.reference);
END;
