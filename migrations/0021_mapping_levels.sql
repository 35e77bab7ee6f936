-- A mapping holds for the school or for one department: an empty department is the school, whose
-- mapping counts wherever a department has none of its own.
CREATE TABLE mapping_by_level (
    connection_id TEXT NOT NULL REFERENCES connection (id),
    department    TEXT NOT NULL,
    kind          TEXT NOT NULL,
    local_key     TEXT NOT NULL,
    remote_code   TEXT,
    origin        TEXT NOT NULL,
    clock         TEXT NOT NULL,
    PRIMARY KEY (connection_id, department, kind, local_key)
) WITHOUT ROWID;
INSERT INTO mapping_by_level (connection_id, department, kind, local_key, remote_code, origin, clock)
SELECT connection_id, '', kind, local_key, remote_code, origin, clock FROM mapping;
DROP TABLE mapping;
ALTER TABLE mapping_by_level RENAME TO mapping;

-- What the other side tells parts of a business apart by is read like its accounts.
CREATE TABLE remote_object_of_kind (
    connection_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('account', 'tax_code', 'tracking')),
    code TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    name TEXT NOT NULL,
    class TEXT NOT NULL,
    rate TEXT,
    default_tax_code TEXT,
    for_sales INTEGER NOT NULL,
    active INTEGER NOT NULL,
    PRIMARY KEY (connection_id, kind, code)
) STRICT, WITHOUT ROWID;
INSERT INTO remote_object_of_kind (connection_id, kind, code, remote_id, name, class, rate,
    default_tax_code, for_sales, active)
SELECT connection_id, kind, code, remote_id, name, class, rate, default_tax_code, for_sales, active
FROM remote_object;
DROP TABLE remote_object;
ALTER TABLE remote_object_of_kind RENAME TO remote_object;
