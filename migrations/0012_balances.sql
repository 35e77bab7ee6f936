-- The debt gate. Both follow from the facts.

-- What lights the lights from a day on; of two facts about one day the later clock wins.
CREATE TABLE gate_rule (
    valid_from TEXT PRIMARY KEY,
    body       TEXT NOT NULL,
    clock      TEXT NOT NULL
) WITHOUT ROWID;

-- Who was let through. The later clock wins; what was taken away stays as a row: its clock must be
-- remembered.
CREATE TABLE gate_override (
    student_id TEXT PRIMARY KEY REFERENCES student (id),
    until      TEXT NOT NULL,
    reason     TEXT NOT NULL,
    active     INTEGER NOT NULL,
    clock      TEXT NOT NULL
) WITHOUT ROWID;
