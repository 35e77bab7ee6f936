//! Proof that the book is what its facts say.
//!
//! Never mends anything: it says what differs.

use crate::decode;
use crate::error::StoreError;
use crate::facts::chain;
use crate::facts::read::FactRow;
use crate::open::{Scratch, Store, page_findings};
use crate::view::View;
use std::collections::HashMap;

/// What the check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyReport {
    /// Facts read.
    pub facts: u32,
    /// The hash chain of every desk holds.
    pub chain_holds: bool,
    /// Derived tables equal those replayed from the facts.
    pub tables_agree: bool,
    /// The file's own page checks.
    pub file_sound: bool,
    /// What differs, in words, at most 50 entries.
    pub findings: Vec<String>,
}

const MOST_FINDINGS: usize = 50;
/// Facts read and replayed at once.
const STRIDE: i64 = 1_000;

/// Each derived table as text lines under a key; `fact` is compared by the fact's id.
const TABLES: &[(&str, &str)] = &[
    ("school", "SELECT id, json_array(currency, body, clock) FROM school ORDER BY 1"),
    ("department", "SELECT id, json_array(name, clock) FROM department ORDER BY 1"),
    (
        "VAT code",
        "SELECT code || ' ' || valid_from, json_array(body, clock) FROM tax_code ORDER BY 1",
    ),
    ("payment method", "SELECT code, json_array(name, body, clock) FROM payment_method ORDER BY 1"),
    (
        "number series",
        "SELECT id, json_array(kind, desk, prefix, next, body, clock) FROM number_series
         ORDER BY 1",
    ),
    (
        "series rule",
        "SELECT kind || ' ' || desk, json_array(body, clock) FROM series_rule ORDER BY 1",
    ),
    ("service", "SELECT id, json_array(code, name, active, body, clock) FROM service ORDER BY 1"),
    (
        "student",
        "SELECT id, json_array(number, name, email, phone, address, department_id, open_minor,
            credit_minor, oldest_due, clock, person_clock) FROM student ORDER BY 1",
    ),
    (
        "document",
        "SELECT d.id, json_array(d.kind, f.id, d.number, d.series_id, d.sequence, d.student_id,
            d.student_name, d.department_id, d.invoice_id, d.issue_date, d.due_date, d.currency,
            d.net_minor, d.vat_minor, d.gross_minor, d.open_minor, d.credited_minor,
            d.payment_reference, d.reference, d.payer_id, d.payer_name, d.split_first,
            d.planned_minor, d.written_off_minor, d.plan_due, d.plan_until)
         FROM document d LEFT JOIN fact f ON f.place = d.fact WHERE d.kind <> 'draft' ORDER BY 1",
    ),
    (
        "part of a document",
        "SELECT f.id || ' ' || p.place, json_array(p.kind, p.posted_on, p.account, p.pass_through,
            p.tax_code, p.net_minor, p.vat_minor)
         FROM document_part p JOIN fact f ON f.place = p.fact ORDER BY 1",
    ),
    (
        "account",
        "SELECT number, json_array(name, kind, active, clock) FROM ledger_account ORDER BY 1",
    ),
    (
        "payment",
        "SELECT p.id, json_array(f.id, p.student_id, p.student_name, p.method, p.received_on,
            p.currency, p.amount_minor, p.unallocated_minor, p.department_id, p.reference, p.note,
            p.pending, p.event, p.state, p.counts_from, p.counts_until)
         FROM payment p LEFT JOIN fact f ON f.place = p.fact ORDER BY 1",
    ),
    (
        "allocation",
        "SELECT a.id, json_array(f.id, a.invoice_id, a.payment_id, a.credit_note_id, a.write_off,
            a.is_small, a.student_id, a.amount_minor, a.allocated_on, a.effective_on, a.ended_on,
            a.issue_date, a.due_date, a.source_date)
         FROM allocation a LEFT JOIN fact f ON f.place = a.fact ORDER BY 1",
    ),
    (
        "payer",
        "SELECT id, json_array(number, kind, name, email, phone, address, department_id,
            org_number, vat_number, reference, terms, active, clock) FROM payer ORDER BY 1",
    ),
    (
        "default payers",
        "SELECT student_id, json_array(shares, clock) FROM student_payers ORDER BY 1",
    ),
    ("user", "SELECT id, json_array(login, name, body, clock) FROM desk_user ORDER BY 1"),
    (
        "reminder",
        "SELECT r.id, json_array(f.id, r.student_id, r.payer_id, r.level, r.channel, r.made_on,
            r.deadline, r.currency, r.total_minor, r.fee_minor, r.withdrawn)
         FROM reminder r LEFT JOIN fact f ON f.place = r.fact ORDER BY 1",
    ),
    (
        "reminded invoice",
        "SELECT reminder_id || ' ' || invoice_id || ' ' || instalment, json_array(open_minor)
         FROM reminder_item
         ORDER BY 1",
    ),
    (
        "hold",
        "SELECT held || ' ' || kind, json_array(until, note, active, clock) FROM reminder_hold
         ORDER BY 1",
    ),
    (
        "payment plan",
        "SELECT p.id, json_array(f.id, p.student_id, p.agreed_on, p.total_minor, p.replaces,
            p.clock, p.ended_on, p.end_reason, p.end_clock, p.replaced_by, p.until_day,
            p.open_minor, p.next_due, p.holds_until)
         FROM payment_plan p LEFT JOIN fact f ON f.place = p.fact ORDER BY 1",
    ),
    (
        "planned invoice",
        "SELECT plan_id || ' ' || invoice_id, json_array(amount_minor) FROM plan_invoice
         ORDER BY 1",
    ),
    (
        "open part of a plan",
        "SELECT plan_id || ' ' || place || ' ' || invoice_id, json_array(student_id, due_date,
            own_due, holds_until, open_minor) FROM plan_part ORDER BY 1",
    ),
    (
        "charge rule",
        "SELECT event || ' ' || service_id || ' ' || valid_from, json_array(body, clock)
         FROM charge_rule ORDER BY 1",
    ),
    (
        "charge",
        "SELECT c.id, json_array(f.id, c.key, c.event, c.student_id, c.department_id,
            c.service_id, c.happened_on, c.amount_minor, c.body, c.clock, c.invoice_id,
            c.void_reason, c.void_clock, c.state)
         FROM charge c LEFT JOIN fact f ON f.place = c.fact ORDER BY 1",
    ),
    (
        "turn of a payment",
        "SELECT f.id, json_array(t.payment_id, t.outcome, t.on_day, t.reason)
         FROM payment_turn t JOIN fact f ON f.place = t.fact ORDER BY 1",
    ),
    (
        "release",
        "SELECT f.id, json_array(r.allocation_id, r.on_day, r.reason)
         FROM allocation_release r JOIN fact f ON f.place = r.fact ORDER BY 1",
    ),
    (
        "refund",
        "SELECT r.id, json_array(f.id, r.student_id, r.method, r.paid_on, r.currency,
            r.amount_minor, r.reference, r.reason)
         FROM refund r LEFT JOIN fact f ON f.place = r.fact ORDER BY 1",
    ),
    (
        "part of a refund",
        "SELECT refund_id || ' ' || place, json_array(payment_id, credit_note_id, paid_on,
            amount_minor) FROM refund_part ORDER BY 1",
    ),
    (
        "sale",
        "SELECT issue_date || ' ' || document_id || ' ' || service_id || ' ' || vat_code || ' ' ||
            vat_rate || ' ' || vat_category, json_array(department_id, currency, net_minor,
            vat_minor, gross_minor) FROM sale ORDER BY 1",
    ),
    (
        "sales of a day",
        "SELECT issue_date || ' ' || service_id || ' ' || vat_code || ' ' || vat_rate || ' ' ||
            vat_category || ' ' || department_id || ' ' || currency,
            json_array(net_minor, vat_minor, gross_minor) FROM sale_day ORDER BY 1",
    ),
    // A day to which what was brought was taken back again is as good as none.
    (
        "debt of a day",
        "SELECT day || ' ' || currency, json_array(open_minor, overdue_minor) FROM debt_day
         WHERE open_minor <> 0 OR overdue_minor <> 0 ORDER BY 1",
    ),
    (
        "takings of a day",
        "SELECT day || ' ' || method || ' ' || desk || ' ' || currency, json_array(received_count,
            received_minor, reversed_minor, refunded_minor) FROM taking_day
         WHERE received_count <> 0 OR received_minor <> 0 OR reversed_minor <> 0
            OR refunded_minor <> 0 ORDER BY 1",
    ),
    (
        "connection",
        "SELECT id, json_array(provider, remote_company_id, remote_company_name, export_from,
            opened, closed) FROM connection ORDER BY 1",
    ),
    (
        "mapping",
        "SELECT connection_id || ' ' || kind || ' ' || local_key,
            json_array(remote_code, origin, clock) FROM mapping ORDER BY 1",
    ),
];

/// The full-text indexes checked against the tables they index (FTS5, integrity-check).
const TEXTS: &[(&str, &str)] = &[
    ("students", "INSERT INTO student_text (student_text, rank) VALUES ('integrity-check', 1)"),
    ("documents", "INSERT INTO document_text (document_text, rank) VALUES ('integrity-check', 1)"),
    ("payers", "INSERT INTO payer_text (payer_text, rank) VALUES ('integrity-check', 1)"),
    ("payments", "INSERT INTO payment_text (payment_text, rank) VALUES ('integrity-check', 1)"),
];

#[derive(sqlx::FromRow)]
struct Chained {
    place: i64,
    desk: String,
    seq: i64,
    kind: String,
    subject: Option<String>,
    salt: Option<Vec<u8>>,
    personal_digest: Option<Vec<u8>>,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
    #[sqlx(flatten)]
    fact: FactRow,
}

/// Collects what differs.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    fn add(&mut self, finding: String) {
        if self.0.len() < MOST_FINDINGS {
            self.0.push(finding);
        }
    }
}

/// Hears how many facts of how many were read.
type Told<'a> = &'a (dyn Fn(u32, u32) + Send + Sync);

/// Ends of the chains as read: last place in it, and hash.
type Ends = HashMap<String, (i64, Vec<u8>)>;

impl Store {
    /// Reads every fact, checks every chain, replays all facts into an empty book beside this one
    /// and compares every derived table, and lets SQLCipher check every page.
    ///
    /// # Errors
    /// What the database reports, where it cannot be read at all.
    pub async fn verify(&self) -> Result<VerifyReport, StoreError> {
        self.verify_telling(&|_, _| {}).await
    }

    /// The same, telling how many facts of how many were read.
    ///
    /// # Errors
    /// As [`Store::verify`].
    pub async fn verify_telling(&self, told: Told<'_>) -> Result<VerifyReport, StoreError> {
        let mut findings = Findings::default();
        let pages = page_findings(&mut *self.write_connection().await?).await?;
        let file_sound = pages.is_empty();
        pages.into_iter().for_each(|page| findings.add(page));
        if !file_sound {
            let (chain_holds, tables_agree, findings) = (false, false, findings.0);
            return Ok(VerifyReport { facts: 0, chain_holds, tables_agree, file_sound, findings });
        }
        let scratch = Scratch::beside(&self.path, &self.key).await?;
        let compared = self.compare(&scratch.store, &mut findings, told).await;
        scratch.remove().await?;
        let (facts, chain_holds, mut tables_agree) = compared?;
        tables_agree &= self.check_texts(&mut findings).await?;
        let findings = findings.0;
        Ok(VerifyReport { facts, chain_holds, tables_agree, file_sound, findings })
    }

    async fn compare(
        &self,
        scratch: &Store,
        findings: &mut Findings,
        told: Told<'_>,
    ) -> Result<(u32, bool, bool), StoreError> {
        let mut view = self.read().await?;
        let before = findings.0.len();
        let facts = view.replay_into(scratch, findings, told).await?;
        let chain_holds = findings.0.len() == before;
        let before = findings.0.len();
        let mut replayed = scratch.read().await?;
        for (table, sql) in TABLES {
            let mut here = view.lines(sql).await?;
            for (key, line) in replayed.lines(sql).await? {
                match here.remove(&key) {
                    None => findings.add(format!("{table} {key} is missing")),
                    Some(other) if other != line => {
                        findings.add(format!("{table} {key} differs: {other} should be {line}"));
                    }
                    Some(_) => {}
                }
            }
            let mut beyond: Vec<String> = here.into_keys().collect();
            beyond.sort();
            beyond.iter().for_each(|key| findings.add(format!("{table} {key} has no fact")));
        }
        Ok((facts, chain_holds, findings.0.len() == before))
    }

    async fn check_texts(&self, findings: &mut Findings) -> Result<bool, StoreError> {
        let mut conn = self.write_connection().await?;
        let mut agree = true;
        for (what, sql) in TEXTS {
            match sqlx::query(*sql).execute(&mut *conn).await.map_err(StoreError::from) {
                Ok(_) => {}
                Err(StoreError::Damaged(_)) => {
                    agree = false;
                    findings.add(format!("the full-text index of {what} differs from its table"));
                }
                Err(other) => return Err(other),
            }
        }
        Ok(agree)
    }
}

impl View {
    /// Checks the chain of every fact and records it in `scratch`. Returns how many were read.
    async fn replay_into(
        &mut self,
        scratch: &Store,
        findings: &mut Findings,
        told: Told<'_>,
    ) -> Result<u32, StoreError> {
        let Some((school_id, _)) = crate::view::owner(self.conn()).await? else { return Ok(0) };
        let total: i64 =
            sqlx::query_scalar("SELECT count(*) FROM fact").fetch_one(self.conn()).await?;
        let (mut ends, mut after, mut count) = (Ends::new(), 0, 0);
        loop {
            told(u32::try_from(count).unwrap_or(u32::MAX), decode::count(total));
            let rows: Vec<Chained> = sqlx::query_as(
                "SELECT place, desk, seq, kind, subject, salt, personal_digest, prev_hash, hash,
                    id, clock, actor, version, body, personal
                 FROM fact WHERE place > ? ORDER BY place LIMIT ?",
            )
            .bind(after)
            .bind(STRIDE)
            .fetch_all(self.conn())
            .await?;
            let Some(last) = rows.last() else { break };
            after = last.place;
            count += rows.len();
            let mut facts = Vec::with_capacity(rows.len());
            for row in rows {
                check_link(&row, &mut ends, findings);
                let (place, read) = (row.place, row.fact.fact(school_id));
                match read {
                    Ok(fact) => facts.push(fact),
                    Err(error) => findings.add(format!("fact {place} cannot be read: {error}")),
                }
            }
            let mut tx = scratch.begin().await?;
            match tx.record(&facts).await {
                Ok(_) => tx.commit().await?,
                Err(error) => {
                    findings.add(format!("facts up to {after} cannot be replayed: {error}"));
                    break;
                }
            }
        }
        self.check_ends(&ends, findings).await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// The ends of the chains tell when the last facts were cut off.
    async fn check_ends(&mut self, ends: &Ends, findings: &mut Findings) -> Result<(), StoreError> {
        let kept: Vec<(String, i64, Vec<u8>)> =
            sqlx::query_as("SELECT desk, seq, hash FROM chain").fetch_all(self.conn()).await?;
        for (desk, seq, hash) in kept {
            if ends.get(&desk) != Some(&(seq, hash)) {
                findings.add(format!("the last facts of desk {desk} are missing"));
            }
        }
        Ok(())
    }

    /// Every derived table as lines.
    #[cfg(test)]
    pub(crate) async fn derived(&mut self) -> Result<Vec<(String, String)>, StoreError> {
        let mut rows = Vec::new();
        for (table, sql) in TABLES {
            let lines = self.lines(sql).await?;
            rows.extend(lines.into_iter().map(|(key, line)| (format!("{table} {key}"), line)));
        }
        Ok(rows)
    }

    async fn lines(&mut self, sql: &'static str) -> Result<HashMap<String, String>, StoreError> {
        let rows: Vec<(String, String)> = sqlx::query_as(sql).fetch_all(self.conn()).await?;
        Ok(rows.into_iter().collect())
    }
}

fn check_link(row: &Chained, ends: &mut Ends, findings: &mut Findings) {
    let end = ends.entry(row.desk.clone()).or_insert((0, chain::ORIGIN.to_vec()));
    let name = format!("fact {} of desk {}", row.seq, row.desk);
    if row.seq != end.0 + 1 || row.prev_hash != end.1 {
        findings.add(format!("{name} does not follow the fact before it"));
    }
    let link = chain::Link {
        prev: &row.prev_hash,
        desk: &row.desk,
        seq: row.seq,
        id: &row.fact.id,
        clock: &row.fact.clock,
        actor: &row.fact.actor,
        version: i64::from(row.fact.version),
        kind: &row.kind,
        subject: row.subject.as_deref(),
        body: &row.fact.body,
        personal_digest: row.personal_digest.as_deref(),
    };
    if link.hash().as_slice() != row.hash {
        findings.add(format!("{name} was changed"));
    }
    if let (Some(salt), Some(personal)) = (&row.salt, &row.fact.personal)
        && Some(chain::personal_digest(salt, personal).as_slice()) != row.personal_digest.as_deref()
    {
        findings.add(format!("the personal data of {name} was changed"));
    }
    *end = (row.seq, row.hash.clone());
}
