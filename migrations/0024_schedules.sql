-- When a connection sends by itself. One without a row sends as soon as something waits.
CREATE TABLE connection_schedule (
    connection_id TEXT NOT NULL PRIMARY KEY,
    mode TEXT NOT NULL CHECK (mode IN ('at_once', 'every', 'by_hand')),
    -- Minutes between two runs, where it sends every so often.
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 15 AND 1440)
) STRICT;

-- What is left of calls that were kept long enough: their sums by connection and month.
CREATE TABLE export_history (
    connection_id TEXT NOT NULL,
    -- Year and month in which the calls ended: 202311.
    month INTEGER NOT NULL,
    calls INTEGER NOT NULL DEFAULT 0,
    exported INTEGER NOT NULL DEFAULT 0,
    found INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    not_sent INTEGER NOT NULL DEFAULT 0,
    unknown INTEGER NOT NULL DEFAULT 0,
    waited INTEGER NOT NULL DEFAULT 0,
    absent INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (connection_id, month)
) STRICT, WITHOUT ROWID;

-- Calls that ended before this moment may go; no other ever does. It only moves on.
CREATE TABLE export_horizon (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    before INTEGER NOT NULL
) STRICT;
INSERT INTO export_horizon (only_row, before) VALUES (1, 0);
CREATE TRIGGER export_horizon_moves_on BEFORE UPDATE ON export_horizon WHEN NEW.before < OLD.before
BEGIN SELECT RAISE(ABORT, 'what is kept of calls only becomes less with time'); END;

DROP TRIGGER export_call_kept;
CREATE TRIGGER export_call_kept BEFORE DELETE ON export_call
WHEN OLD.ended_at >= (SELECT before FROM export_horizon)
BEGIN SELECT RAISE(ABORT, 'the history of calls is kept for its time'); END;
DROP TRIGGER export_attempt_kept;
CREATE TRIGGER export_attempt_kept BEFORE DELETE ON export_attempt
WHEN (SELECT ended_at FROM export_call WHERE id = OLD.call_id)
    >= (SELECT before FROM export_horizon)
BEGIN SELECT RAISE(ABORT, 'the history of attempts is kept for its time'); END;
