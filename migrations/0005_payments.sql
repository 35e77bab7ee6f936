-- What becomes of money after it was recorded. Each row is one fact; what follows from all of them
-- together stands in payment, allocation, document and student.

-- Confirmed, failed, reversed.
CREATE TABLE payment_turn (
    fact       INTEGER PRIMARY KEY REFERENCES fact (place),
    payment_id TEXT NOT NULL REFERENCES payment (id),
    outcome    TEXT NOT NULL CHECK (outcome IN ('failed', 'confirmed', 'reversed')),
    on_day     TEXT NOT NULL,
    reason     TEXT NOT NULL
) STRICT;
CREATE INDEX payment_turn_payment ON payment_turn (payment_id, outcome, on_day);

CREATE TABLE allocation_release (
    fact          INTEGER PRIMARY KEY REFERENCES fact (place),
    allocation_id TEXT NOT NULL REFERENCES allocation (id),
    on_day        TEXT NOT NULL,
    reason        TEXT NOT NULL
) STRICT;
CREATE INDEX allocation_release_allocation ON allocation_release (allocation_id, on_day);

CREATE TABLE refund (
    row          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    fact         INTEGER NOT NULL REFERENCES fact (place),
    student_id   TEXT NOT NULL REFERENCES student (id),
    method       TEXT NOT NULL,
    paid_on      TEXT NOT NULL,
    currency     TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    -- What was taken from the credits behind it; another amount only where currencies were
    -- exchanged at another rate.
    source_minor INTEGER NOT NULL,
    foreign_currency TEXT,
    foreign_minor INTEGER,
    reference    TEXT NOT NULL,
    reason       TEXT NOT NULL
) STRICT;
CREATE INDEX refund_student ON refund (student_id, paid_on);

-- What of a refund came out of which credit: exactly one of payment_id and credit_note_id is set.
CREATE TABLE refund_part (
    refund_id      TEXT NOT NULL REFERENCES refund (id),
    place          INTEGER NOT NULL,
    payment_id     TEXT REFERENCES payment (id),
    credit_note_id TEXT REFERENCES document (id),
    paid_on        TEXT NOT NULL,
    amount_minor   INTEGER NOT NULL CHECK (amount_minor >= 0),
    foreign_minor  INTEGER,
    PRIMARY KEY (refund_id, place),
    CHECK ((payment_id IS NOT NULL) + (credit_note_id IS NOT NULL) = 1)
) STRICT, WITHOUT ROWID;
CREATE INDEX refund_part_payment ON refund_part (payment_id, amount_minor)
    WHERE payment_id IS NOT NULL;
CREATE INDEX refund_part_credit_note ON refund_part (credit_note_id, amount_minor)
    WHERE credit_note_id IS NOT NULL;
CREATE INDEX refund_part_paid ON refund_part (paid_on);

-- A payment reference that was typed or pasted finds its invoice.
CREATE INDEX document_payment_reference ON document (payment_reference)
    WHERE payment_reference <> '';
-- The same money recorded twice is asked about.
CREATE INDEX payment_twin ON payment (student_id, amount_minor, received_on);
