-- What the views of two long lists come to. Kept by triggers, each the sum of what its rows bring: so
-- no list is walked to say how long it is, and no writer can forget it.

-- The part of the list of invoices a document stands in. `part_paid` is a part of what is open.
ALTER TABLE document ADD COLUMN standing TEXT NOT NULL GENERATED ALWAYS AS (
    CASE WHEN kind = 'draft' THEN 'draft'
         WHEN kind = 'invoice' AND open_minor > 0
             THEN iif(open_minor < gross_minor, 'part_paid', 'open')
         WHEN kind = 'invoice' AND open_minor = 0
             AND (credited_minor < gross_minor OR gross_minor = 0) THEN 'paid'
         ELSE 'credited' END) VIRTUAL;
-- The last day on which it is not overdue; empty where nothing is open.
ALTER TABLE document ADD COLUMN late_once TEXT NOT NULL GENERATED ALWAYS AS (
    iif(kind = 'invoice' AND open_minor > 0, late_after, '')) VIRTUAL;

CREATE TABLE document_tally (
    standing   TEXT NOT NULL,
    late_once  TEXT NOT NULL,
    documents  INTEGER NOT NULL,
    gross_minor INTEGER NOT NULL,
    open_minor INTEGER NOT NULL,
    PRIMARY KEY (standing, late_once)
) STRICT, WITHOUT ROWID;
INSERT INTO document_tally (standing, late_once, documents, gross_minor, open_minor)
SELECT standing, late_once, count(*), sum(gross_minor), sum(open_minor) FROM document
GROUP BY standing, late_once;

CREATE TRIGGER document_tally_insert AFTER INSERT ON document
BEGIN
    INSERT INTO document_tally (standing, late_once, documents, gross_minor, open_minor)
    VALUES (NEW.standing, NEW.late_once, 1, NEW.gross_minor, NEW.open_minor)
    ON CONFLICT (standing, late_once) DO UPDATE SET documents = documents + 1,
        gross_minor = gross_minor + excluded.gross_minor,
        open_minor = open_minor + excluded.open_minor;
END;
CREATE TRIGGER document_tally_update AFTER UPDATE ON document
WHEN OLD.standing <> NEW.standing OR OLD.late_once <> NEW.late_once
    OR OLD.gross_minor <> NEW.gross_minor OR OLD.open_minor <> NEW.open_minor
BEGIN
    INSERT INTO document_tally (standing, late_once, documents, gross_minor, open_minor)
    VALUES (NEW.standing, NEW.late_once, 1, NEW.gross_minor, NEW.open_minor),
        (OLD.standing, OLD.late_once, -1, -OLD.gross_minor, -OLD.open_minor)
    ON CONFLICT (standing, late_once) DO UPDATE SET documents = documents + excluded.documents,
        gross_minor = gross_minor + excluded.gross_minor,
        open_minor = open_minor + excluded.open_minor;
END;
CREATE TRIGGER document_tally_delete AFTER DELETE ON document
BEGIN
    UPDATE document_tally SET documents = documents - 1, gross_minor = gross_minor - OLD.gross_minor,
        open_minor = open_minor - OLD.open_minor
    WHERE standing = OLD.standing AND late_once = OLD.late_once;
END;

-- How many facts of each kind each actor recorded.
CREATE TABLE fact_tally (
    actor TEXT NOT NULL,
    kind  TEXT NOT NULL,
    facts INTEGER NOT NULL,
    PRIMARY KEY (actor, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO fact_tally (actor, kind, facts) SELECT actor, kind, count(*) FROM fact GROUP BY actor, kind;
CREATE TRIGGER fact_tally_insert AFTER INSERT ON fact
BEGIN
    INSERT INTO fact_tally (actor, kind, facts) VALUES (NEW.actor, NEW.kind, 1)
    ON CONFLICT (actor, kind) DO UPDATE SET facts = facts + 1;
END;

-- Payments with money left over, in the order of their list, covering its sums.
CREATE INDEX payment_left ON payment (received_on, row, amount_minor, unallocated_minor, state)
    WHERE unallocated_minor > 0;
