-- The PDF of each document goes with it to a connection where the school says so (the later clock
-- wins).
ALTER TABLE connection ADD COLUMN attach_pdf INTEGER NOT NULL DEFAULT 0;
ALTER TABLE connection ADD COLUMN attach_clock TEXT NOT NULL DEFAULT '';
