-- Who pays where that is not the student, and who pays for whom by default.

-- The later clock wins, for the whole row.
CREATE TABLE payer (
    row           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    number        TEXT NOT NULL,
    kind          TEXT NOT NULL,
    name          TEXT NOT NULL,
    email         TEXT NOT NULL,
    phone         TEXT NOT NULL,
    address       TEXT NOT NULL,
    reach_by      TEXT,
    department_id TEXT REFERENCES department (id),
    org_number    TEXT NOT NULL,
    vat_number    TEXT NOT NULL,
    reference     TEXT NOT NULL,
    -- Payment terms as JSON; nothing: the school's.
    terms         TEXT,
    active        INTEGER NOT NULL,
    clock         TEXT NOT NULL
);
CREATE INDEX payer_name ON payer (name COLLATE NOCASE, row);

-- The shares as JSON, in their order; an empty list: the student pays.
CREATE TABLE student_payers (
    student_id TEXT PRIMARY KEY REFERENCES student (id),
    shares     TEXT NOT NULL,
    clock      TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX document_payer ON document (payer_id, open_minor, due_date)
    WHERE payer_id IS NOT NULL;
CREATE INDEX document_split ON document (split_first) WHERE split_first IS NOT NULL;

-- Lists show the payer's present name.
CREATE TRIGGER payer_name_update AFTER UPDATE OF name ON payer WHEN NEW.name IS NOT OLD.name
BEGIN
    UPDATE document SET payer_name = NEW.name WHERE payer_id = NEW.id;
END;

CREATE VIRTUAL TABLE payer_text USING fts5 (
    number, name, email, org_number,
    content = 'payer', content_rowid = 'row',
    tokenize = 'unicode61 remove_diacritics 2', columnsize = 0
);
CREATE TRIGGER payer_text_insert AFTER INSERT ON payer
BEGIN
    INSERT INTO payer_text (rowid, number, name, email, org_number)
    VALUES (NEW.row, NEW.number, NEW.name, NEW.email, NEW.org_number);
END;
CREATE TRIGGER payer_text_update AFTER UPDATE OF number, name, email, org_number ON payer
BEGIN
    INSERT INTO payer_text (payer_text, rowid, number, name, email, org_number)
    VALUES ('delete', OLD.row, OLD.number, OLD.name, OLD.email, OLD.org_number);
    INSERT INTO payer_text (rowid, number, name, email, org_number)
    VALUES (NEW.row, NEW.number, NEW.name, NEW.email, NEW.org_number);
END;
