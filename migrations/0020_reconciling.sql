-- What an accounting system had in its books for a span of days, as it was last read: kept so that
-- comparing needs no call. Not facts: reading it again replaces it.
-- Moments are milliseconds since 1970-01-01 UTC; amounts are minor units.

CREATE TABLE remote_listing (
    connection_id TEXT NOT NULL,
    from_day      TEXT NOT NULL,
    to_day        TEXT NOT NULL,
    read_at       INTEGER NOT NULL,
    PRIMARY KEY (connection_id, from_day, to_day)
) STRICT, WITHOUT ROWID;

-- One record of theirs. It names the customer by their id only, and of its note keeps nothing but
-- our machine reference: whom it is about is not kept twice.
CREATE TABLE remote_record (
    connection_id TEXT NOT NULL,
    from_day      TEXT NOT NULL,
    to_day        TEXT NOT NULL,
    place         INTEGER NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('invoice', 'credit_note', 'payment')),
    remote_id     TEXT NOT NULL,
    number        TEXT NOT NULL,
    reference     TEXT NOT NULL,
    date          TEXT NOT NULL,
    due_date      TEXT,
    contact       TEXT,
    currency      TEXT NOT NULL,
    gross_minor   INTEGER NOT NULL,
    vat_minor     INTEGER,
    open_minor    INTEGER,
    state         TEXT NOT NULL CHECK (state IN ('live', 'draft', 'voided', 'deleted')),
    PRIMARY KEY (connection_id, from_day, to_day, place)
) STRICT, WITHOUT ROWID;
