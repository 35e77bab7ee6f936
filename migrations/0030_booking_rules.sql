-- Rules of a mapping, in their order: all of a level together, so that the order is one thing. An
-- empty department is the school, whose rules are asked after those of a department.
CREATE TABLE booking_rules (
    connection_id TEXT NOT NULL REFERENCES connection (id),
    department    TEXT NOT NULL,
    body          TEXT NOT NULL,
    clock         TEXT NOT NULL,
    PRIMARY KEY (connection_id, department)
) STRICT, WITHOUT ROWID;
