-- How a connection does is counted from its calls: those of some days, with what each brought for
-- its records, and what was found there before it would have gone twice.
CREATE INDEX export_call_begun ON export_call (connection_id, started_at);
CREATE INDEX export_attempt_call ON export_attempt (call_id, outcome, class);
CREATE INDEX export_attempt_found ON export_attempt (call_id)
    WHERE outcome = 'found' AND class IS NULL;
