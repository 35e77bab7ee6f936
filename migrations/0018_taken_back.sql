-- Files that were read in, and what was taken back of what they brought.

-- Runs of this desk: which file was read, and what became of it since. Not facts: what a file
-- brought in are the facts that were recorded.
CREATE TABLE import_run (
    id        TEXT NOT NULL PRIMARY KEY,
    kind      TEXT NOT NULL,
    file_name TEXT NOT NULL,
    read_at   INTEGER NOT NULL,
    actor     TEXT NOT NULL,
    state     TEXT NOT NULL DEFAULT 'there' CHECK (state IN ('there', 'taking_back', 'taken_back')),
    -- Why it was taken back, when and by whom.
    reason    TEXT NOT NULL DEFAULT '',
    ended_at  INTEGER,
    ended_by  TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE import_run_item (
    run_id  TEXT NOT NULL REFERENCES import_run (id),
    place   INTEGER NOT NULL,
    -- Its line in the file.
    line    INTEGER NOT NULL,
    what    TEXT NOT NULL CHECK (what IN ('student', 'service', 'invoice', 'payment', 'booking')),
    item_id TEXT NOT NULL,
    -- It was there before, and the file changed it.
    changed INTEGER NOT NULL,
    -- Clock of the last fact of the row.
    clock   TEXT NOT NULL,
    outcome TEXT NOT NULL DEFAULT 'there' CHECK (outcome IN ('there', 'taken_back', 'stays')),
    -- Code of why it stays.
    reason  TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (run_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_run_item_outcome ON import_run_item (run_id, outcome, place);

-- One row per fact that took it back: a file may bring it in again.
CREATE TABLE taken_back (
    item_id TEXT NOT NULL,
    fact    INTEGER NOT NULL REFERENCES fact (place),
    what    TEXT NOT NULL,
    clock   TEXT NOT NULL,
    PRIMARY KEY (item_id, fact)
) STRICT, WITHOUT ROWID;
