-- Rates of other currencies. What a document or payment in another currency is worth is frozen in
-- its fact; its amounts in its own currency stand beside those of the book.

-- The later clock wins. `rate` is a decimal: units of the book's currency for one unit.
CREATE TABLE exchange_rate (
    currency TEXT NOT NULL,
    on_day   TEXT NOT NULL,
    rate     TEXT NOT NULL,
    source   TEXT NOT NULL,
    clock    TEXT NOT NULL,
    PRIMARY KEY (currency, on_day)
) STRICT, WITHOUT ROWID;
