-- A comparison holds journal entries too, where a company is sent these.

CREATE TABLE remote_record_kept AS SELECT * FROM remote_record;
DROP TABLE remote_record;
CREATE TABLE remote_record (
    connection_id TEXT NOT NULL,
    from_day      TEXT NOT NULL,
    to_day        TEXT NOT NULL,
    place         INTEGER NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN
        ('invoice', 'credit_note', 'on_account', 'payment', 'journal')),
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
