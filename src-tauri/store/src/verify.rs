//! Proof that the book is what its facts say.
//!
//! Never mends anything: it says what differs.

mod tables;

use crate::decode;
use crate::error::StoreError;
use crate::facts::chain;
use crate::facts::read::FactRow;
use crate::open::{Scratch, Store, page_findings};
use crate::view::View;
use std::collections::HashMap;
use tables::TABLES;

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
        let Some((school_id, _)) = self.begun().await? else { return Ok(0) };
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
