-- What students bought ahead, what was taken of it, and what must be paid before booking.
-- What is left is stored nowhere: it follows from the rows.

-- One row per package sold; its body is frozen on the day of the sale. What follows from all that
-- happened to it since stands beside it, for lists: the last day (9999-12-31: without end), the
-- stage (0: something is left, 1: used up, 2: closed), what it held and what is left (millionths of
-- a lesson or minor units), and what the rest is worth in proportion and by its own rule, whatever
-- its last day.
CREATE TABLE entitlement (
    row           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    fact          INTEGER NOT NULL REFERENCES fact (place),
    student_id    TEXT NOT NULL REFERENCES student (id),
    department_id TEXT REFERENCES department (id),
    invoice_id    TEXT NOT NULL REFERENCES document (id),
    name          TEXT NOT NULL,
    opened_on     TEXT NOT NULL,
    body          TEXT NOT NULL,
    valid_until   TEXT NOT NULL DEFAULT '9999-12-31',
    stage         INTEGER NOT NULL DEFAULT 0,
    is_amount     INTEGER NOT NULL DEFAULT 0,
    held_units    INTEGER NOT NULL DEFAULT 0,
    left_units    INTEGER NOT NULL DEFAULT 0,
    worth_minor   INTEGER NOT NULL DEFAULT 0,
    refund_minor  INTEGER NOT NULL DEFAULT 0
) STRICT;
-- Covers counts and sums of the list.
CREATE INDEX entitlement_until ON entitlement
    (valid_until, row, stage, worth_minor, refund_minor);
CREATE INDEX entitlement_student ON entitlement (student_id, opened_on, row, stage, valid_until);
CREATE INDEX entitlement_opened ON entitlement (opened_on, row, stage, valid_until);
CREATE INDEX entitlement_name ON entitlement (name COLLATE NOCASE, row, stage, valid_until);
CREATE INDEX entitlement_left ON entitlement (is_amount, left_units, row, stage, valid_until);
CREATE INDEX entitlement_worth ON entitlement (worth_minor, row, stage, valid_until);
CREATE INDEX entitlement_invoice ON entitlement (invoice_id);

-- Draws by hand, and those of events: the rows of an event follow from the row of its charge, so
-- that of two who told it the same one counts everywhere.
CREATE TABLE entitlement_draw (
    id             TEXT NOT NULL PRIMARY KEY,
    entitlement_id TEXT NOT NULL,
    student_id     TEXT NOT NULL,
    event_id       TEXT,
    booking        TEXT NOT NULL,
    on_day         TEXT NOT NULL,
    note           TEXT NOT NULL,
    body           TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX entitlement_draw_student ON entitlement_draw (student_id, on_day);
CREATE INDEX entitlement_draw_of ON entitlement_draw (entitlement_id, on_day);
CREATE INDEX entitlement_draw_event ON entitlement_draw (event_id) WHERE event_id IS NOT NULL;

-- A draw given back by an event, or by hand (event_id is empty): by hand the earlier clock holds.
CREATE TABLE draw_return (
    draw_id    TEXT NOT NULL,
    event_id   TEXT NOT NULL,
    student_id TEXT NOT NULL,
    on_day     TEXT NOT NULL,
    reason     TEXT NOT NULL,
    clock      TEXT NOT NULL,
    PRIMARY KEY (draw_id, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX draw_return_event ON draw_return (event_id) WHERE event_id <> '';

-- An end before the last day; the earlier clock holds.
CREATE TABLE entitlement_closing (
    entitlement_id TEXT NOT NULL PRIMARY KEY,
    student_id     TEXT NOT NULL,
    body           TEXT NOT NULL,
    clock          TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE milestone (
    id    TEXT NOT NULL PRIMARY KEY,
    body  TEXT NOT NULL,
    clock TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE milestone_override (
    milestone_id TEXT NOT NULL,
    student_id   TEXT NOT NULL REFERENCES student (id),
    body         TEXT NOT NULL,
    clock        TEXT NOT NULL,
    PRIMARY KEY (milestone_id, student_id)
) STRICT, WITHOUT ROWID;
