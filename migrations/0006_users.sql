-- Who may sign in, and what the audit asks of the log.

-- Follows from the facts; of two facts about one user the later clock wins.
CREATE TABLE desk_user (
    id    TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name  TEXT NOT NULL,
    body  TEXT NOT NULL,
    clock TEXT NOT NULL
) WITHOUT ROWID;

-- What a password is checked against: an Argon2id hash with its salt and cost, in the PHC string
-- format. No fact: a fact stays for ever and can be read by whoever may read the log, whereas this
-- is replaced when a password changes and is shown to nobody.
CREATE TABLE user_password (
    user_id  TEXT PRIMARY KEY REFERENCES desk_user (id),
    verifier TEXT NOT NULL
) WITHOUT ROWID;

-- The audit reads the log by time, by person and by kind.
CREATE INDEX fact_clock ON fact (clock);
CREATE INDEX fact_actor ON fact (actor, clock);
CREATE INDEX fact_kind ON fact (kind, clock);
