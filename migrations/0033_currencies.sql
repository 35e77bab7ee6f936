-- The currencies that documents of a company may be in, and the fields of its own that they have, are
-- read like its accounts, and an account that
-- holds money says in which. The table is made anew for its CHECK.

CREATE TABLE remote_object_with_currency (
    connection_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('account', 'tax_code', 'tracking', 'currency', 'field')),
    code TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    name TEXT NOT NULL,
    class TEXT NOT NULL,
    rate TEXT,
    default_tax_code TEXT,
    -- Of an account that holds money, where the system tells it.
    currency TEXT,
    for_sales INTEGER NOT NULL,
    active INTEGER NOT NULL,
    PRIMARY KEY (connection_id, kind, code)
) STRICT, WITHOUT ROWID;
INSERT INTO remote_object_with_currency (connection_id, kind, code, remote_id, name, class, rate,
    default_tax_code, for_sales, active)
SELECT connection_id, kind, code, remote_id, name, class, rate, default_tax_code, for_sales, active
FROM remote_object;
DROP TABLE remote_object;
ALTER TABLE remote_object_with_currency RENAME TO remote_object;

-- Which currencies are in use, and since when, is asked whenever a mapping is shown.
CREATE INDEX document_foreign ON document (foreign_currency, issue_date)
    WHERE foreign_currency IS NOT NULL;
CREATE INDEX payment_foreign ON payment (foreign_currency) WHERE foreign_currency IS NOT NULL;
