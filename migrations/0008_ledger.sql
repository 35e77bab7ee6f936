-- The journal follows from documents and money and is not stored; two things it needs are.

-- Accounts that the school named or added; the later clock wins.
CREATE TABLE ledger_account (
    number TEXT PRIMARY KEY,
    name   TEXT NOT NULL,
    kind   TEXT NOT NULL CHECK (kind IN ('asset', 'liability', 'equity', 'income', 'expense')),
    active INTEGER NOT NULL,
    clock  TEXT NOT NULL
) WITHOUT ROWID;

-- A document's lines summed by what decides their accounts: mostly one short row, written behind
-- the last one, so that a trial balance reads a narrow table instead of every document's body.
CREATE TABLE document_part (
    fact         INTEGER NOT NULL REFERENCES fact (place),
    place        INTEGER NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
    posted_on    TEXT NOT NULL,
    account      TEXT NOT NULL,
    pass_through INTEGER NOT NULL,
    tax_code     TEXT NOT NULL,
    net_minor    INTEGER NOT NULL,
    vat_minor    INTEGER NOT NULL,
    PRIMARY KEY (fact, place)
) STRICT, WITHOUT ROWID;

-- How a desk numbers a kind of document; the later clock wins.
CREATE TABLE series_rule (
    kind  TEXT NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
    desk  TEXT NOT NULL,
    body  TEXT NOT NULL,
    clock TEXT NOT NULL,
    PRIMARY KEY (kind, desk)
) WITHOUT ROWID;
