-- What reports add up. Sums of a day are kept by triggers, each the sum of what its rows bring: so
-- order and repeats cannot change them, and no writer can forget them.

-- What a document brings to one service under one VAT code; of a credit note below nothing. Empty
-- are the service of a line that is not of the price list and the department of a document without.
CREATE TABLE sale (
    issue_date    TEXT NOT NULL,
    document_id   TEXT NOT NULL REFERENCES document (id),
    service_id    TEXT NOT NULL,
    vat_code      TEXT NOT NULL,
    vat_rate      TEXT NOT NULL,
    vat_category  TEXT NOT NULL,
    department_id TEXT NOT NULL,
    currency      TEXT NOT NULL,
    net_minor     INTEGER NOT NULL,
    vat_minor     INTEGER NOT NULL,
    gross_minor   INTEGER NOT NULL,
    PRIMARY KEY (issue_date, document_id, service_id, vat_code, vat_rate, vat_category)
) STRICT, WITHOUT ROWID;

CREATE TABLE sale_day (
    issue_date    TEXT NOT NULL,
    service_id    TEXT NOT NULL,
    vat_code      TEXT NOT NULL,
    vat_rate      TEXT NOT NULL,
    vat_category  TEXT NOT NULL,
    department_id TEXT NOT NULL,
    currency      TEXT NOT NULL,
    net_minor     INTEGER NOT NULL,
    vat_minor     INTEGER NOT NULL,
    gross_minor   INTEGER NOT NULL,
    PRIMARY KEY (issue_date, service_id, vat_code, vat_rate, vat_category, department_id, currency)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER sale_day_sale AFTER INSERT ON sale
BEGIN
    INSERT INTO sale_day (issue_date, service_id, vat_code, vat_rate, vat_category, department_id,
        currency, net_minor, vat_minor, gross_minor)
    VALUES (NEW.issue_date, NEW.service_id, NEW.vat_code, NEW.vat_rate, NEW.vat_category,
        NEW.department_id, NEW.currency, NEW.net_minor, NEW.vat_minor, NEW.gross_minor)
    ON CONFLICT (issue_date, service_id, vat_code, vat_rate, vat_category, department_id, currency)
    DO UPDATE SET net_minor = net_minor + excluded.net_minor,
        vat_minor = vat_minor + excluded.vat_minor,
        gross_minor = gross_minor + excluded.gross_minor;
END;

-- By how much what is open changed on a day, and by how much what is overdue did.
CREATE TABLE debt_day (
    day           TEXT NOT NULL,
    currency      TEXT NOT NULL,
    open_minor    INTEGER NOT NULL,
    overdue_minor INTEGER NOT NULL,
    PRIMARY KEY (day, currency)
) STRICT, WITHOUT ROWID;

-- An invoice is open from its date on, and overdue from the day after it was due.
CREATE TRIGGER debt_day_invoice AFTER INSERT ON document WHEN NEW.kind = 'invoice'
BEGIN
    INSERT INTO debt_day (day, currency, open_minor, overdue_minor)
    VALUES (NEW.issue_date, NEW.currency, NEW.gross_minor, 0),
        (date(NEW.due_date, '+1 day'), NEW.currency, 0, NEW.gross_minor)
    ON CONFLICT (day, currency) DO UPDATE SET open_minor = open_minor + excluded.open_minor,
        overdue_minor = overdue_minor + excluded.overdue_minor;
END;

-- What is set against it counts from effective_on until ended_on, and takes from what is overdue
-- only where that already is. What ends before it counts never counts.
CREATE TRIGGER debt_day_allocation AFTER INSERT ON allocation
WHEN NEW.ended_on IS NULL OR NEW.ended_on > NEW.effective_on
BEGIN
    INSERT INTO debt_day (day, currency, open_minor, overdue_minor)
    SELECT p.day, d.currency, p.open_minor, p.overdue_minor FROM document d CROSS JOIN (
        SELECT NEW.effective_on AS day, -NEW.amount_minor AS open_minor, 0 AS overdue_minor
        UNION ALL SELECT max(NEW.effective_on, date(NEW.due_date, '+1 day')), 0, -NEW.amount_minor
        UNION ALL SELECT NEW.ended_on, NEW.amount_minor, 0
        UNION ALL SELECT max(NEW.ended_on, date(NEW.due_date, '+1 day')), 0, NEW.amount_minor) p
    WHERE d.id = NEW.invoice_id AND p.day IS NOT NULL
    ON CONFLICT (day, currency) DO UPDATE SET open_minor = open_minor + excluded.open_minor,
        overdue_minor = overdue_minor + excluded.overdue_minor;
END;

-- Where its days change, what it brought is taken back, and then it is counted anew.
CREATE TRIGGER debt_day_allocation_before
AFTER UPDATE OF effective_on, ended_on, amount_minor ON allocation
WHEN (OLD.effective_on, OLD.ended_on, OLD.amount_minor)
    IS NOT (NEW.effective_on, NEW.ended_on, NEW.amount_minor)
    AND (OLD.ended_on IS NULL OR OLD.ended_on > OLD.effective_on)
BEGIN
    INSERT INTO debt_day (day, currency, open_minor, overdue_minor)
    SELECT p.day, d.currency, p.open_minor, p.overdue_minor FROM document d CROSS JOIN (
        SELECT OLD.effective_on AS day, OLD.amount_minor AS open_minor, 0 AS overdue_minor
        UNION ALL SELECT max(OLD.effective_on, date(OLD.due_date, '+1 day')), 0, OLD.amount_minor
        UNION ALL SELECT OLD.ended_on, -OLD.amount_minor, 0
        UNION ALL SELECT max(OLD.ended_on, date(OLD.due_date, '+1 day')), 0, -OLD.amount_minor) p
    WHERE d.id = OLD.invoice_id AND p.day IS NOT NULL
    ON CONFLICT (day, currency) DO UPDATE SET open_minor = open_minor + excluded.open_minor,
        overdue_minor = overdue_minor + excluded.overdue_minor;
END;
CREATE TRIGGER debt_day_allocation_after
AFTER UPDATE OF effective_on, ended_on, amount_minor ON allocation
WHEN (OLD.effective_on, OLD.ended_on, OLD.amount_minor)
    IS NOT (NEW.effective_on, NEW.ended_on, NEW.amount_minor)
    AND (NEW.ended_on IS NULL OR NEW.ended_on > NEW.effective_on)
BEGIN
    INSERT INTO debt_day (day, currency, open_minor, overdue_minor)
    SELECT p.day, d.currency, p.open_minor, p.overdue_minor FROM document d CROSS JOIN (
        SELECT NEW.effective_on AS day, -NEW.amount_minor AS open_minor, 0 AS overdue_minor
        UNION ALL SELECT max(NEW.effective_on, date(NEW.due_date, '+1 day')), 0, -NEW.amount_minor
        UNION ALL SELECT NEW.ended_on, NEW.amount_minor, 0
        UNION ALL SELECT max(NEW.ended_on, date(NEW.due_date, '+1 day')), 0, NEW.amount_minor) p
    WHERE d.id = NEW.invoice_id AND p.day IS NOT NULL
    ON CONFLICT (day, currency) DO UPDATE SET open_minor = open_minor + excluded.open_minor,
        overdue_minor = overdue_minor + excluded.overdue_minor;
END;

-- What was taken on a day by a method at a desk, what of it was gone again on that day, and what
-- was paid back.
CREATE TABLE taking_day (
    day            TEXT NOT NULL,
    method         TEXT NOT NULL,
    desk           TEXT NOT NULL,
    currency       TEXT NOT NULL,
    received_count INTEGER NOT NULL,
    received_minor INTEGER NOT NULL,
    reversed_minor INTEGER NOT NULL,
    refunded_minor INTEGER NOT NULL,
    PRIMARY KEY (day, method, desk, currency)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER taking_day_payment AFTER INSERT ON payment WHEN NEW.counts_from IS NOT NULL
BEGIN
    INSERT INTO taking_day (day, method, desk, currency, received_count, received_minor,
        reversed_minor, refunded_minor)
    SELECT p.day, NEW.method, f.desk, NEW.currency, p.received_count, p.received, p.reversed, 0
    FROM fact f CROSS JOIN (
        SELECT NEW.counts_from AS day, 1 AS received_count, NEW.amount_minor AS received,
            0 AS reversed
        UNION ALL SELECT NEW.counts_until, 0, 0, NEW.amount_minor) p
    WHERE f.place = NEW.fact AND p.day IS NOT NULL
    ON CONFLICT (day, method, desk, currency) DO UPDATE SET
        received_count = received_count + excluded.received_count,
        received_minor = received_minor + excluded.received_minor,
        reversed_minor = reversed_minor + excluded.reversed_minor;
END;
CREATE TRIGGER taking_day_payment_turned AFTER UPDATE OF counts_from, counts_until ON payment
WHEN (OLD.counts_from, OLD.counts_until) IS NOT (NEW.counts_from, NEW.counts_until)
BEGIN
    INSERT INTO taking_day (day, method, desk, currency, received_count, received_minor,
        reversed_minor, refunded_minor)
    SELECT p.day, NEW.method, f.desk, NEW.currency, p.received_count, p.received, p.reversed, 0
    FROM fact f CROSS JOIN (
        SELECT OLD.counts_from AS day, -1 AS received_count, -OLD.amount_minor AS received,
            0 AS reversed
        UNION ALL SELECT OLD.counts_until, 0, 0, -OLD.amount_minor WHERE OLD.counts_from IS NOT NULL
        UNION ALL SELECT NEW.counts_from, 1, NEW.amount_minor, 0
        UNION ALL SELECT NEW.counts_until, 0, 0, NEW.amount_minor
            WHERE NEW.counts_from IS NOT NULL) p
    WHERE f.place = NEW.fact AND p.day IS NOT NULL
    ON CONFLICT (day, method, desk, currency) DO UPDATE SET
        received_count = received_count + excluded.received_count,
        received_minor = received_minor + excluded.received_minor,
        reversed_minor = reversed_minor + excluded.reversed_minor;
END;
CREATE TRIGGER taking_day_refund AFTER INSERT ON refund
BEGIN
    INSERT INTO taking_day (day, method, desk, currency, received_count, received_minor,
        reversed_minor, refunded_minor)
    SELECT NEW.paid_on, NEW.method, f.desk, NEW.currency, 0, 0, 0, NEW.amount_minor
    FROM fact f WHERE f.place = NEW.fact
    ON CONFLICT (day, method, desk, currency) DO UPDATE SET
        refunded_minor = refunded_minor + excluded.refunded_minor;
END;

-- The rows behind a day's takings.
CREATE INDEX payment_counted ON payment (counts_from, method) WHERE counts_from IS NOT NULL;
CREATE INDEX refund_paid ON refund (paid_on, method);
