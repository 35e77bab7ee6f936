-- What of the book changed since a connection that is sent journal entries was last gone through, or is
-- dated on a day that was not due then. So a run looks at what is new and not at the whole ledger. It
-- belongs to this desk's queue; a connection without a row in journal_gathered is gone through whole.

CREATE TABLE journal_touched (
    connection_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    PRIMARY KEY (connection_id, source_id)
) STRICT, WITHOUT ROWID;

-- What was gone through before this is not known by what was touched.
DELETE FROM journal_gathered;

CREATE TRIGGER journal_touched_document AFTER INSERT ON document WHEN NEW.kind <> 'draft'
BEGIN
    INSERT INTO journal_touched (connection_id, source_id)
    SELECT g.connection_id, NEW.id FROM journal_gathered g
    JOIN connection c ON c.id = g.connection_id WHERE c.closed = 0
    ON CONFLICT (connection_id, source_id) DO NOTHING;
END;
CREATE TRIGGER journal_touched_document_again AFTER UPDATE OF kind, issue_date, opening ON document
    WHEN NEW.kind <> 'draft'
    AND (OLD.kind, OLD.issue_date, OLD.opening) IS NOT (NEW.kind, NEW.issue_date, NEW.opening)
BEGIN
    INSERT INTO journal_touched (connection_id, source_id)
    SELECT g.connection_id, NEW.id FROM journal_gathered g
    JOIN connection c ON c.id = g.connection_id WHERE c.closed = 0
    ON CONFLICT (connection_id, source_id) DO NOTHING;
END;

CREATE TRIGGER journal_touched_payment AFTER INSERT ON payment
BEGIN
    INSERT INTO journal_touched (connection_id, source_id)
    SELECT g.connection_id, NEW.id FROM journal_gathered g
    JOIN connection c ON c.id = g.connection_id WHERE c.closed = 0
    ON CONFLICT (connection_id, source_id) DO NOTHING;
END;
CREATE TRIGGER journal_touched_payment_again AFTER UPDATE OF counts_from, counts_until ON payment
    WHEN (OLD.counts_from, OLD.counts_until) IS NOT (NEW.counts_from, NEW.counts_until)
BEGIN
    INSERT INTO journal_touched (connection_id, source_id)
    SELECT g.connection_id, NEW.id FROM journal_gathered g
    JOIN connection c ON c.id = g.connection_id WHERE c.closed = 0
    ON CONFLICT (connection_id, source_id) DO NOTHING;
END;

CREATE TRIGGER journal_touched_allocation AFTER INSERT ON allocation
BEGIN
    INSERT INTO journal_touched (connection_id, source_id)
    SELECT g.connection_id, NEW.id FROM journal_gathered g
    JOIN connection c ON c.id = g.connection_id WHERE c.closed = 0
    ON CONFLICT (connection_id, source_id) DO NOTHING;
END;
CREATE TRIGGER journal_touched_allocation_again
    AFTER UPDATE OF effective_on, ended_on, amount_minor, source_minor ON allocation
    WHEN (OLD.effective_on, OLD.ended_on, OLD.amount_minor, OLD.source_minor)
    IS NOT (NEW.effective_on, NEW.ended_on, NEW.amount_minor, NEW.source_minor)
BEGIN
    INSERT INTO journal_touched (connection_id, source_id)
    SELECT g.connection_id, NEW.id FROM journal_gathered g
    JOIN connection c ON c.id = g.connection_id WHERE c.closed = 0
    ON CONFLICT (connection_id, source_id) DO NOTHING;
END;

CREATE TRIGGER journal_touched_refund AFTER INSERT ON refund
BEGIN
    INSERT INTO journal_touched (connection_id, source_id)
    SELECT g.connection_id, NEW.id FROM journal_gathered g
    JOIN connection c ON c.id = g.connection_id WHERE c.closed = 0
    ON CONFLICT (connection_id, source_id) DO NOTHING;
END;
CREATE TRIGGER journal_touched_refund_again AFTER UPDATE OF source_minor ON refund
    WHEN OLD.source_minor IS NOT NEW.source_minor
BEGIN
    INSERT INTO journal_touched (connection_id, source_id)
    SELECT g.connection_id, NEW.id FROM journal_gathered g
    JOIN connection c ON c.id = g.connection_id WHERE c.closed = 0
    ON CONFLICT (connection_id, source_id) DO NOTHING;
END;

CREATE TRIGGER journal_touched_reminder AFTER INSERT ON reminder
BEGIN
    INSERT INTO journal_touched (connection_id, source_id)
    SELECT g.connection_id, NEW.id FROM journal_gathered g
    JOIN connection c ON c.id = g.connection_id WHERE c.closed = 0
    ON CONFLICT (connection_id, source_id) DO NOTHING;
END;
CREATE TRIGGER journal_touched_reminder_again AFTER UPDATE OF withdrawn ON reminder
    WHEN OLD.withdrawn IS NOT NEW.withdrawn
BEGIN
    INSERT INTO journal_touched (connection_id, source_id)
    SELECT g.connection_id, NEW.id FROM journal_gathered g
    JOIN connection c ON c.id = g.connection_id WHERE c.closed = 0
    ON CONFLICT (connection_id, source_id) DO NOTHING;
END;
