-- How a connection does is counted from its calls: those of some days, with what each brought for
-- its records, and what was found there before it would have gone twice.
CREATE INDEX export_call_begun ON export_call (connection_id, started_at);
CREATE INDEX export_attempt_call ON export_attempt (call_id, outcome, class);
CREATE INDEX export_attempt_found ON export_attempt (call_id)
    WHERE outcome = 'found' AND class IS NULL;

-- Reports that an accounting system gave of its own books, each as it stood when it was read.
-- Moments are milliseconds since 1970-01-01 UTC; amounts are minor units.
CREATE TABLE report_snapshot (
    id            INTEGER PRIMARY KEY,
    connection_id TEXT NOT NULL,
    kind          TEXT NOT NULL
                  CHECK (kind IN ('trial_balance', 'profit_and_loss', 'balance_sheet')),
    from_day      TEXT NOT NULL,
    to_day        TEXT NOT NULL,
    read_at       INTEGER NOT NULL,
    currency      TEXT NOT NULL
) STRICT;
CREATE INDEX report_snapshot_connection ON report_snapshot (connection_id);

-- Codes as JSON: under which mappings name what is booked there.
CREATE TABLE report_line (
    snapshot_id  INTEGER NOT NULL REFERENCES report_snapshot (id),
    place        INTEGER NOT NULL,
    section      TEXT NOT NULL,
    name         TEXT NOT NULL,
    codes        TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    is_sum       INTEGER NOT NULL,
    PRIMARY KEY (snapshot_id, place)
) STRICT, WITHOUT ROWID;
