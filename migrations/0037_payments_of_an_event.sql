-- Money there that pays invoices of several students is a payment of each here: they are found by
-- the event that they have in common.
CREATE INDEX payment_event ON payment (event) WHERE event IS NOT NULL;
