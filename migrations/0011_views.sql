-- What a person keeps of a list. No facts: it is how somebody looks at the book and not what
-- happened in it, so it may change and go.

-- A filter under a name. The owner is a user, or 'owner' where nobody has to sign in.
CREATE TABLE saved_view (
    id        TEXT PRIMARY KEY,
    owner     TEXT NOT NULL,
    list      TEXT NOT NULL,
    name      TEXT NOT NULL COLLATE NOCASE,
    address   TEXT NOT NULL,
    is_shared INTEGER NOT NULL CHECK (is_shared IN (0, 1)),
    UNIQUE (owner, list, name)
) WITHOUT ROWID;

-- The columns of a list and the view it opens with, for each person.
CREATE TABLE list_setup (
    owner        TEXT NOT NULL,
    list         TEXT NOT NULL,
    columns      TEXT NOT NULL,
    default_view TEXT,
    PRIMARY KEY (owner, list)
) WITHOUT ROWID;
