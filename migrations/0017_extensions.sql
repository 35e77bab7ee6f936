-- Later last days of packages, each given by a person; of several the latest day holds.
CREATE TABLE entitlement_extension (
    id             TEXT NOT NULL PRIMARY KEY,
    entitlement_id TEXT NOT NULL,
    student_id     TEXT NOT NULL,
    before_day     TEXT NOT NULL,
    until_day      TEXT NOT NULL,
    on_day         TEXT NOT NULL,
    reason         TEXT NOT NULL,
    clock          TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX entitlement_extension_of ON entitlement_extension (entitlement_id, on_day);
