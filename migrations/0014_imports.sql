-- Files of people, and people who go.

-- This desk's own; not facts. headings is the heading row as JSON, columns what each holds, in the
-- same order, and reading how letters, numbers and days were read.
CREATE TABLE import_mapping (
    kind     TEXT NOT NULL,
    name     TEXT NOT NULL,
    headings TEXT NOT NULL,
    columns  TEXT NOT NULL,
    reading  TEXT NOT NULL,
    used_at  INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_mapping_headings ON import_mapping (headings);

-- Whose personal data was destroyed, and from which day on the law of bookkeeping keeps the buyers
-- of invoices: one row per fact.
CREATE TABLE erasure (
    fact       INTEGER PRIMARY KEY REFERENCES fact (place),
    student_id TEXT NOT NULL REFERENCES student (id),
    -- Ids of payers who went with the student, as JSON.
    payers     TEXT NOT NULL,
    ground     TEXT NOT NULL CHECK (ground IN ('asked', 'not_needed', 'unlawful')),
    erased_on  TEXT NOT NULL,
    kept_from  TEXT,
    kept_until TEXT
) STRICT;
CREATE INDEX erasure_student ON erasure (student_id);

-- Erasing changes what the full text was made of.
CREATE TRIGGER document_text_update AFTER UPDATE OF number, payment_reference, reference ON document
BEGIN
    INSERT INTO document_text (document_text, rowid, number, payment_reference, reference)
    VALUES ('delete', OLD.row, OLD.number, OLD.payment_reference, OLD.reference);
    INSERT INTO document_text (rowid, number, payment_reference, reference)
    VALUES (NEW.row, NEW.number, NEW.payment_reference, NEW.reference);
END;
CREATE TRIGGER payment_text_update AFTER UPDATE OF reference ON payment
BEGIN
    INSERT INTO payment_text (payment_text, rowid, reference)
    VALUES ('delete', OLD.row, OLD.reference);
    INSERT INTO payment_text (rowid, reference) VALUES (NEW.row, NEW.reference);
END;
