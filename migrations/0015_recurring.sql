-- Invoices that come again. What is due is stored nowhere: it follows from the template and from
-- what was made.

-- The later clock wins. `actor` set it as it stands.
CREATE TABLE recurring (
    id    TEXT NOT NULL PRIMARY KEY,
    name  TEXT NOT NULL,
    body  TEXT NOT NULL,
    actor TEXT NOT NULL,
    clock TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Each date of a template and each student once; a draft that was thrown away is not made again.
CREATE TABLE recurring_made (
    recurring_id TEXT NOT NULL,
    period       TEXT NOT NULL,
    student_id   TEXT NOT NULL REFERENCES student (id),
    invoice_id   TEXT NOT NULL,
    made_on      TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    clock        TEXT NOT NULL,
    PRIMARY KEY (recurring_id, period, student_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recurring_made_day ON recurring_made (made_on);
CREATE INDEX recurring_made_student ON recurring_made (student_id);
