//! Where entries come from: one source for each kind of thing that is posted.
//!
//! Never posts anything: each source says when, how much, and what the chart is asked with.

/// A kind of entries: `SELECT` of the columns below, the day, what it must fulfil, and when it is
/// about the thing `?1`.
pub(crate) struct Source {
    columns: &'static str,
    day: &'static str,
    from: &'static str,
    about: &'static str,
    /// The text that `finance::ledger::Movement::key` makes of it, but for documents.
    key: &'static str,
}

const DOCUMENT_KEY: &str =
    "p.kind || '|' || p.account || '|' || p.pass_through || '|' || p.tax_code";

// Columns: rank, cause, id, fact, about, label, student_id, key, minor, currency.
pub(crate) const SOURCES: &[Source] = &[
    Source {
        columns: "iif(d.kind = 'invoice', 0, 1) AS rank, d.kind AS cause, d.id, d.fact,
            d.id AS about, d.number AS label, d.student_id, '' AS key, d.gross_minor AS minor,
            d.currency",
        day: "d.issue_date",
        from: "document d WHERE d.kind <> 'draft'",
        about: "d.id = ?1",
        key: "",
    },
    Source {
        columns: "2, 'payment', m.id, m.fact, m.id, iif(m.reference = '', m.method, m.reference),
            m.student_id, m.method, m.amount_minor, m.currency",
        day: "m.counts_from",
        from: "payment m WHERE m.counts_from IS NOT NULL",
        about: "m.id = ?1",
        key: "'payment|' || m.method",
    },
    Source {
        columns: "3, 'payment_reversed', m.id, m.fact, m.id,
            iif(m.reference = '', m.method, m.reference), m.student_id, m.method, m.amount_minor,
            m.currency",
        day: "max(m.counts_from, m.counts_until)",
        from: "payment m WHERE m.counts_from IS NOT NULL AND m.counts_until IS NOT NULL",
        about: "m.id = ?1",
        key: "'payment_reversed|' || m.method",
    },
    Source {
        columns: "4, 'allocation', a.id, a.fact, a.invoice_id, d.number, a.student_id, '',
            a.amount_minor, d.currency",
        day: "a.effective_on",
        from: "allocation a JOIN document d ON d.id = a.invoice_id WHERE a.write_off IS NULL",
        about: "(a.invoice_id = ?1 OR a.payment_id = ?1 OR a.credit_note_id = ?1)",
        key: "'allocation|'",
    },
    Source {
        columns: "5, 'allocation_ended', a.id, a.fact, a.invoice_id, d.number, a.student_id, '',
            a.amount_minor, d.currency",
        day: "max(a.effective_on, a.ended_on)",
        from: "allocation a JOIN document d ON d.id = a.invoice_id
            WHERE a.write_off IS NULL AND a.ended_on IS NOT NULL",
        about: "(a.invoice_id = ?1 OR a.payment_id = ?1 OR a.credit_note_id = ?1)",
        key: "'allocation_ended|'",
    },
    Source {
        columns: "6, 'write_off', a.id, a.fact, a.invoice_id, d.number, a.student_id,
            CAST(a.is_small AS TEXT), a.amount_minor, d.currency",
        day: "a.effective_on",
        from: "allocation a JOIN document d ON d.id = a.invoice_id WHERE a.write_off IS NOT NULL",
        about: "a.invoice_id = ?1",
        key: "'write_off|' || a.is_small",
    },
    Source {
        columns: "7, 'write_off_ended', a.id, a.fact, a.invoice_id, d.number, a.student_id,
            CAST(a.is_small AS TEXT), a.amount_minor, d.currency",
        day: "max(a.effective_on, a.ended_on)",
        from: "allocation a JOIN document d ON d.id = a.invoice_id
            WHERE a.write_off IS NOT NULL AND a.ended_on IS NOT NULL",
        about: "a.invoice_id = ?1",
        key: "'write_off_ended|' || a.is_small",
    },
    Source {
        columns: "8, 'refund', r.id, r.fact, r.id, iif(r.reference = '', r.method, r.reference),
            r.student_id, r.method, r.amount_minor, r.currency",
        day: "r.paid_on",
        from: "refund r WHERE 1",
        about: "(r.id = ?1 OR r.id IN (SELECT refund_id FROM refund_part
            WHERE payment_id = ?1 OR credit_note_id = ?1))",
        key: "'refund|' || r.method",
    },
    Source {
        columns: "9, 'reminder_fee', m.id, m.fact, m.student_id, '', m.student_id, '',
            m.fee_minor, m.currency",
        day: "m.made_on",
        from: "reminder m WHERE m.fee_minor > 0",
        about: "m.id IN (SELECT reminder_id FROM reminder_item WHERE invoice_id = ?1)",
        key: "'reminder_fee|'",
    },
    // Taken back on the day of the first fact that says so (its clock, in UTC).
    Source {
        columns: "10, 'reminder_fee_withdrawn', m.id, m.fact, m.student_id, '', m.student_id, '',
            m.fee_minor, m.currency",
        day: "max(m.made_on, (SELECT date(CAST(substr(min(f.clock), 1, 15) AS INTEGER) / 1000,
            'unixepoch') FROM fact f WHERE f.subject = 'reminder/' || m.id
            AND f.kind = 'reminder_withdrawn'))",
        from: "reminder m WHERE m.fee_minor > 0 AND m.withdrawn = 1",
        about: "m.id IN (SELECT reminder_id FROM reminder_item WHERE invoice_id = ?1)",
        key: "'reminder_fee_withdrawn|'",
    },
    Source {
        columns: "11, 'exchange', a.id, a.fact, a.invoice_id, d.number, a.student_id,
            CAST(a.source_minor > a.amount_minor AS TEXT), abs(a.source_minor - a.amount_minor),
            d.currency",
        day: "a.effective_on",
        from: "allocation a JOIN document d ON d.id = a.invoice_id
            WHERE a.source_minor <> a.amount_minor",
        about: "(a.invoice_id = ?1 OR a.payment_id = ?1 OR a.credit_note_id = ?1)",
        key: "'exchange|' || (a.source_minor > a.amount_minor)",
    },
    Source {
        columns: "12, 'exchange_ended', a.id, a.fact, a.invoice_id, d.number, a.student_id,
            CAST(a.source_minor > a.amount_minor AS TEXT), abs(a.source_minor - a.amount_minor),
            d.currency",
        day: "max(a.effective_on, a.ended_on)",
        from: "allocation a JOIN document d ON d.id = a.invoice_id
            WHERE a.source_minor <> a.amount_minor AND a.ended_on IS NOT NULL",
        about: "(a.invoice_id = ?1 OR a.payment_id = ?1 OR a.credit_note_id = ?1)",
        key: "'exchange_ended|' || (a.source_minor > a.amount_minor)",
    },
    Source {
        columns: "13, 'refund_exchange', r.id, r.fact, r.id,
            iif(r.reference = '', r.method, r.reference), r.student_id,
            CAST(r.source_minor > r.amount_minor AS TEXT), abs(r.source_minor - r.amount_minor),
            r.currency",
        day: "r.paid_on",
        from: "refund r WHERE r.source_minor <> r.amount_minor",
        about: "(r.id = ?1 OR r.id IN (SELECT refund_id FROM refund_part
            WHERE payment_id = ?1 OR credit_note_id = ?1))",
        key: "'refund_exchange|' || (r.source_minor > r.amount_minor)",
    },
];

impl Source {
    fn select(&self) -> String {
        format!("SELECT {} AS on_day, {} FROM {}", self.day, self.columns, self.from)
    }

    /// Its entries about the thing `?1`.
    pub fn about_one(&self) -> String {
        format!("{} AND {}", self.select(), self.about)
    }

    /// Its entries from `?1` through `?2` of what connection `?4` was not gone through for. The sign
    /// keeps the day from choosing the index: what was touched is looked up by its id.
    fn touched(&self) -> String {
        let table = self.from.split_whitespace().nth(1).unwrap_or_default();
        format!(
            "{} AND {table}.id IN (SELECT source_id FROM journal_touched WHERE connection_id = ?4)
                AND +{} BETWEEN ?1 AND ?2",
            self.select(),
            self.day
        )
    }

    /// Its entries from `?1` through `?2`; where narrowed, only those with a key of `?3`.
    fn in_period(&self, narrowed: bool) -> String {
        let mut sql = format!("{} AND {} BETWEEN ?1 AND ?2", self.select(), self.day);
        if narrowed && self.key.is_empty() {
            sql += &format!(
                " AND EXISTS (SELECT 1 FROM document_part p WHERE p.fact = d.fact
                    AND {DOCUMENT_KEY} IN (SELECT value FROM json_each(?3)))"
            );
        } else if narrowed {
            sql += &format!(" AND {} IN (SELECT value FROM json_each(?3))", self.key);
        }
        sql
    }
}

/// The entries of a period, of every kind. `?3` is bound either way.
pub(crate) fn in_period(narrowed: bool) -> String {
    let all: Vec<String> = SOURCES.iter().map(|source| source.in_period(narrowed)).collect();
    format!("SELECT * FROM ({}) WHERE ?3 IS NOT NULL", all.join(" UNION ALL "))
}

/// The entries of a period that were touched since connection `?4` was gone through, of every kind,
/// however long the ledger is. `?3` is bound either way.
pub(crate) fn touched() -> String {
    let all: Vec<String> = SOURCES.iter().map(Source::touched).collect();
    format!("SELECT * FROM ({}) WHERE ?3 IS NOT NULL", all.join(" UNION ALL "))
}

/// Sums from `?1` through `?2` by what decides the accounts. Amounts of both signs are kept apart,
/// so that what an account was debited and credited with stays visible.
pub(super) const SUMS: &str = "
    SELECT kind AS cause, account AS key, pass_through, tax_code, sum(net_minor) AS net,
        sum(vat_minor) AS vat, count(*) AS count
    FROM document_part WHERE posted_on BETWEEN ?1 AND ?2
    GROUP BY kind, account, pass_through, tax_code, net_minor < 0, vat_minor < 0
    UNION ALL
    SELECT 'payment', method, 0, '', sum(amount_minor), 0, count(*) FROM payment
    WHERE counts_from BETWEEN ?1 AND ?2 GROUP BY method
    UNION ALL
    SELECT 'payment_reversed', method, 0, '', sum(amount_minor), 0, count(*) FROM payment
    WHERE max(counts_from, counts_until) BETWEEN ?1 AND ?2 GROUP BY method
    UNION ALL
    SELECT iif(write_off IS NULL, 'allocation', 'write_off'), CAST(is_small AS TEXT), 0, '',
        sum(amount_minor), 0, count(*)
    FROM allocation WHERE effective_on BETWEEN ?1 AND ?2 GROUP BY write_off IS NULL, is_small
    UNION ALL
    SELECT iif(write_off IS NULL, 'allocation_ended', 'write_off_ended'), CAST(is_small AS TEXT),
        0, '', sum(amount_minor), 0, count(*)
    FROM allocation WHERE ended_on IS NOT NULL AND max(effective_on, ended_on) BETWEEN ?1 AND ?2
    GROUP BY write_off IS NULL, is_small
    UNION ALL
    SELECT 'refund', method, 0, '', sum(amount_minor), 0, count(*) FROM refund
    WHERE paid_on BETWEEN ?1 AND ?2 GROUP BY method
    UNION ALL
    SELECT 'reminder_fee', '', 0, '', sum(fee_minor), 0, count(*) FROM reminder
    WHERE fee_minor > 0 AND made_on BETWEEN ?1 AND ?2 GROUP BY currency
    UNION ALL
    SELECT 'reminder_fee_withdrawn', '', 0, '', sum(fee_minor), 0, count(*) FROM reminder m
    WHERE fee_minor > 0 AND withdrawn = 1 AND max(made_on, (SELECT
        date(CAST(substr(min(f.clock), 1, 15) AS INTEGER) / 1000, 'unixepoch') FROM fact f
        WHERE f.subject = 'reminder/' || m.id AND f.kind = 'reminder_withdrawn'))
        BETWEEN ?1 AND ?2 GROUP BY currency
    UNION ALL
    SELECT 'exchange', CAST(source_minor > amount_minor AS TEXT), 0, '',
        sum(abs(source_minor - amount_minor)), 0, count(*)
    FROM allocation WHERE source_minor <> amount_minor AND effective_on BETWEEN ?1 AND ?2
    GROUP BY source_minor > amount_minor
    UNION ALL
    SELECT 'exchange_ended', CAST(source_minor > amount_minor AS TEXT), 0, '',
        sum(abs(source_minor - amount_minor)), 0, count(*)
    FROM allocation WHERE source_minor <> amount_minor AND ended_on IS NOT NULL
        AND max(effective_on, ended_on) BETWEEN ?1 AND ?2
    GROUP BY source_minor > amount_minor
    UNION ALL
    SELECT 'refund_exchange', CAST(source_minor > amount_minor AS TEXT), 0, '',
        sum(abs(source_minor - amount_minor)), 0, count(*)
    FROM refund WHERE source_minor <> amount_minor AND paid_on BETWEEN ?1 AND ?2
    GROUP BY source_minor > amount_minor";
