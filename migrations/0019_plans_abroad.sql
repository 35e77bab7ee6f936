-- Payment plans of invoices in another currency. A plan is agreed and paid in the currency of its
-- invoices; what a part is worth in the books follows from what the whole invoice has open there.
-- That may round to nothing, so that a part in the currency of the books may be nothing too.

CREATE TABLE plan_part_anew (
    plan_id     TEXT NOT NULL REFERENCES payment_plan (id),
    place       INTEGER NOT NULL,
    invoice_id  TEXT NOT NULL REFERENCES document (id),
    student_id  TEXT NOT NULL,
    due_date    TEXT NOT NULL,
    own_due     TEXT NOT NULL,
    holds_until TEXT NOT NULL,
    open_minor  INTEGER NOT NULL CHECK (open_minor >= 0),
    foreign_minor INTEGER CHECK (foreign_minor > 0),
    late_after  TEXT NOT NULL
        GENERATED ALWAYS AS (min(due_date, max(own_due, holds_until))) STORED,
    CHECK (foreign_minor IS NOT NULL OR open_minor > 0),
    PRIMARY KEY (plan_id, place, invoice_id)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_part_anew (plan_id, place, invoice_id, student_id, due_date, own_due, holds_until,
    open_minor)
SELECT plan_id, place, invoice_id, student_id, due_date, own_due, holds_until, open_minor
FROM plan_part;
DROP TABLE plan_part;
ALTER TABLE plan_part_anew RENAME TO plan_part;
CREATE INDEX plan_part_invoice ON plan_part (invoice_id);
CREATE INDEX plan_part_student ON plan_part (student_id);
