-- What bookings come to, and the runs that bill it.

-- What an event costs from a day on; service_id is empty where the rule is for every service.
CREATE TABLE charge_rule (
    event      TEXT NOT NULL,
    service_id TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    body       TEXT NOT NULL,
    clock      TEXT NOT NULL,
    PRIMARY KEY (event, service_id, valid_from)
) WITHOUT ROWID;

-- One row per booking event, by the id that its key gives it: of two that tell the same event the
-- earlier clock wins. amount_minor is empty where the rules charge nothing, or where packages pay
-- for all of it, which drawn says. The charge itself never changes; what became of it stands beside it. A charge that was billed stays billed,
-- whoever voids it elsewhere.
CREATE TABLE charge (
    row           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    fact          INTEGER NOT NULL REFERENCES fact (place),
    key           TEXT NOT NULL,
    event         TEXT NOT NULL,
    student_id    TEXT NOT NULL REFERENCES student (id),
    department_id TEXT REFERENCES department (id),
    service_id    TEXT NOT NULL,
    happened_on   TEXT NOT NULL,
    amount_minor  INTEGER,
    drawn         INTEGER NOT NULL DEFAULT 0,
    body          TEXT NOT NULL,
    clock         TEXT NOT NULL,
    invoice_id    TEXT REFERENCES document (id),
    void_reason   TEXT,
    void_clock    TEXT,
    state         TEXT NOT NULL GENERATED ALWAYS AS (
        CASE WHEN invoice_id IS NOT NULL THEN 'billed'
             WHEN void_clock IS NOT NULL THEN 'voided'
             WHEN drawn THEN 'drawn'
             WHEN amount_minor IS NULL THEN 'free'
             ELSE 'unbilled' END) STORED
);
-- Covers counts and sums of the pool.
CREATE INDEX charge_state ON charge (state, happened_on, row, amount_minor);
CREATE INDEX charge_student ON charge (student_id, happened_on);
CREATE INDEX charge_invoice ON charge (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX charge_key ON charge (key);

-- Runs of this desk: what each set out to issue, and how far it came. Not facts: what a run did
-- are the invoices it issued. The plan is frozen when the run begins, so that a run that was cut
-- short goes on with the same invoices under the same ids.
CREATE TABLE charge_run (
    id         TEXT NOT NULL PRIMARY KEY,
    begun_at   INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    issue_date TEXT NOT NULL,
    due_date   TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('running', 'finished', 'cancelled'))
) STRICT, WITHOUT ROWID;

CREATE TABLE charge_run_item (
    run_id        TEXT NOT NULL REFERENCES charge_run (id),
    place         INTEGER NOT NULL,
    invoice_id    TEXT NOT NULL UNIQUE,
    student_id    TEXT NOT NULL,
    department_id TEXT,
    -- Ids of the charges, as JSON.
    charges       TEXT NOT NULL,
    -- Nothing where it could not be priced when the run began.
    gross_minor   INTEGER,
    -- Left out is what the preview left out; skipped is what changed since.
    outcome       TEXT NOT NULL DEFAULT 'waiting'
        CHECK (outcome IN ('waiting', 'issued', 'skipped', 'left_out')),
    -- Code of why it was left out or skipped.
    reason        TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (run_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX charge_run_waiting ON charge_run_item (run_id, outcome, place, gross_minor);
