-- Payment plans. The plan itself stands in the body of its fact; here is what follows from it, from
-- later plans and from what is open of its invoices.

-- A plan holds until until_day, the earlier of its end and of a later plan about one of its
-- invoices; what follows from open invoices is kept only while it holds.
CREATE TABLE payment_plan (
    row         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    fact        INTEGER NOT NULL REFERENCES fact (place),
    student_id  TEXT NOT NULL REFERENCES student (id),
    agreed_on   TEXT NOT NULL,
    total_minor INTEGER NOT NULL,
    replaces    TEXT,
    clock       TEXT NOT NULL,
    ended_on    TEXT,
    end_reason  TEXT,
    end_clock   TEXT,
    replaced_by TEXT,
    until_day   TEXT,
    open_minor  INTEGER,
    -- The earliest instalment that is open, and the last day before it breaks the plan.
    next_due    TEXT,
    holds_until TEXT
) STRICT;
CREATE INDEX payment_plan_student ON payment_plan (student_id);
CREATE INDEX payment_plan_replaces ON payment_plan (replaces) WHERE replaces IS NOT NULL;

CREATE TABLE plan_invoice (
    plan_id      TEXT NOT NULL REFERENCES payment_plan (id),
    invoice_id   TEXT NOT NULL REFERENCES document (id),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    PRIMARY KEY (plan_id, invoice_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_invoice_invoice ON plan_invoice (invoice_id);

-- What is open of an instalment and belongs to an invoice. It is due by due_date while the plan
-- holds and by the earlier of both dates once it is broken; late_after says the same as one day
-- (finance::instalments::late_after).
CREATE TABLE plan_part (
    plan_id     TEXT NOT NULL REFERENCES payment_plan (id),
    place       INTEGER NOT NULL,
    invoice_id  TEXT NOT NULL REFERENCES document (id),
    student_id  TEXT NOT NULL,
    due_date    TEXT NOT NULL,
    own_due     TEXT NOT NULL,
    holds_until TEXT NOT NULL,
    open_minor  INTEGER NOT NULL CHECK (open_minor > 0),
    late_after  TEXT NOT NULL
        GENERATED ALWAYS AS (min(due_date, max(own_due, holds_until))) STORED,
    PRIMARY KEY (plan_id, place, invoice_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_part_invoice ON plan_part (invoice_id);
CREATE INDEX plan_part_student ON plan_part (student_id);
