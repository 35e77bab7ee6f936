-- Two kinds of reports more: cash flow and general ledger. The table is made anew for its CHECK; what
-- refers to it is judged at the end of the transaction, when every row is back.

PRAGMA defer_foreign_keys = ON;
CREATE TABLE report_snapshot_kept AS SELECT * FROM report_snapshot;
DROP TABLE report_snapshot;
CREATE TABLE report_snapshot (
    id            INTEGER PRIMARY KEY,
    connection_id TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('trial_balance', 'profit_and_loss',
                      'balance_sheet', 'cash_flow', 'general_ledger')),
    from_day      TEXT NOT NULL,
    to_day        TEXT NOT NULL,
    read_at       INTEGER NOT NULL,
    currency      TEXT NOT NULL
) STRICT;
INSERT INTO report_snapshot SELECT * FROM report_snapshot_kept ORDER BY id;
DROP TABLE report_snapshot_kept;
CREATE INDEX report_snapshot_connection ON report_snapshot (connection_id);
