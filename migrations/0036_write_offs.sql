-- What is written off has no source: it moves what it settles, and no difference of exchange. Where an
-- invoice in another currency was levelled on its write-off, the two were an øre apart.
UPDATE allocation SET source_minor = amount_minor
    WHERE write_off IS NOT NULL AND source_minor <> amount_minor;
