-- A connection is told documents, or journal entries instead. Which postings of the book stand in
-- which entry is remembered, so that none is sent twice and none is missed. Amounts are minor units.

ALTER TABLE connection ADD COLUMN booking TEXT NOT NULL DEFAULT 'documents'
    CHECK (booking IN ('documents', 'journal_per_document', 'journal_per_day'));
ALTER TABLE connection ADD COLUMN booking_clock TEXT NOT NULL DEFAULT '';

-- What follows belongs to this desk's queue, as the records of exports do.
CREATE TABLE journal_entry (
    id TEXT NOT NULL PRIMARY KEY,
    connection_id TEXT NOT NULL,
    on_day TEXT NOT NULL,
    label TEXT NOT NULL
) STRICT;

CREATE TABLE journal_line (
    entry_id TEXT NOT NULL REFERENCES journal_entry (id),
    place INTEGER NOT NULL,
    account TEXT NOT NULL,
    tax_code TEXT,
    department_id TEXT,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    PRIMARY KEY (entry_id, place)
) STRICT, WITHOUT ROWID;

-- An entry of the book, by its cause and what it is about, and the journal entry that holds it. One
-- over nothing stands in none.
CREATE TABLE journal_part (
    connection_id TEXT NOT NULL,
    cause TEXT NOT NULL,
    source_id TEXT NOT NULL,
    entry_id TEXT REFERENCES journal_entry (id),
    PRIMARY KEY (connection_id, cause, source_id)
) STRICT, WITHOUT ROWID;

-- Up to which fact and which day the book was gone through: without anything newer there is nothing
-- to gather.
CREATE TABLE journal_gathered (
    connection_id TEXT NOT NULL PRIMARY KEY,
    fact INTEGER NOT NULL,
    through_day TEXT NOT NULL
) STRICT;
