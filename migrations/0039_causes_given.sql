-- Who sees to a cause, where somebody was asked to.

ALTER TABLE export_cause ADD COLUMN given_to TEXT;
