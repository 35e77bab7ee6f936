//! How old the debt was on any day, by who is asked to pay it.
//!
//! Never another sum than by student: the same debts and credits stand in other rows. Money that is
//! not set against an invoice is the student's, whoever sent it; a credit note is its buyer's.

use super::{AgeBy, AgeingQuestion, Amounts, debts, first_days, number, told, words};
use crate::decode;
use crate::error::StoreError;
use crate::payers;
use crate::reports::Among;
use crate::view::View;
use finance::ageing::AgeingRow;
use finance::ids::{InvoiceId, PayerId, StudentId};
use finance::payer::PayerKind;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Who is asked to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Asked {
    /// The student themself.
    Student(StudentId),
    /// Somebody who pays for students.
    Payer(PayerId),
}

/// One row of an ageing list by who is asked to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeingAsked {
    /// Who.
    pub asked: Asked,
    /// The student's or the payer's number.
    pub number: Arc<str>,
    /// The name.
    pub name: Arc<str>,
    /// What a payer is.
    pub kind: Option<PayerKind>,
    /// For how many students.
    pub students: u32,
    /// Amounts.
    pub amounts: AgeingRow,
}

/// As by student, with the payer or a dash before the day.
const BY_DUE: [&str; 3] = debts!(
    "coalesce(payer_id, '-') || ' ' || due_date",
    "coalesce(d.payer_id, '-') || ' ' || a.due_date",
    "JOIN document d ON d.id = a.invoice_id"
);
const BY_ISSUE: [&str; 3] = debts!(
    "coalesce(payer_id, '-') || ' ' || issue_date",
    "coalesce(d.payer_id, '-') || ' ' || a.issue_date",
    "JOIN document d ON d.id = a.invoice_id"
);

const CREDITS: &str = "
    SELECT coalesce(group_concat(student_id || ' ' || coalesce(payer_id, '-') || ' - ' || minor,
        char(10)), '') FROM (
        SELECT student_id, NULL AS payer_id, unallocated_minor AS minor
        FROM payment INDEXED BY payment_unused
        WHERE unallocated_minor > 0 AND counts_from <= ?1
        UNION ALL
        SELECT student_id, payer_id, -open_minor FROM document
        WHERE open_minor < 0 AND issue_date <= ?1
        UNION ALL
        SELECT coalesce(p.student_id, c.student_id), c.payer_id, a.source_minor FROM allocation a
        LEFT JOIN payment p ON p.id = a.payment_id
        LEFT JOIN document c ON c.id = a.credit_note_id
        WHERE a.ended_on IS NULL AND a.effective_on > ?1 AND a.source_date <= ?1
        UNION ALL
        SELECT coalesce(p.student_id, c.student_id), c.payer_id, r.amount_minor FROM refund_part r
        LEFT JOIN payment p ON p.id = r.payment_id
        LEFT JOIN document c ON c.id = r.credit_note_id
        WHERE r.paid_on > ?1 AND coalesce(p.counts_from, c.issue_date) <= ?1
        UNION ALL
        SELECT student_id, NULL, amount_minor FROM payment
        WHERE counts_until > ?1 AND counts_from <= ?1
        UNION ALL
        SELECT coalesce(p.student_id, c.student_id), c.payer_id, -a.source_minor FROM allocation a
        LEFT JOIN payment p ON p.id = a.payment_id
        LEFT JOIN document c ON c.id = a.credit_note_id
        WHERE a.ended_on > ?1 AND a.effective_on <= ?1 AND a.write_off IS NULL)";

/// Payers, by name.
const PAYERS: &str = "SELECT json_group_array(json_array(id, number, name, kind)) FROM (
        SELECT id, number, name, kind FROM payer ORDER BY name COLLATE NOCASE, number)";

/// What each is asked for, and for which students.
struct Sums {
    rows: HashMap<Asked, (Amounts, BTreeSet<StudentId>)>,
}

impl Sums {
    fn of(&mut self, student: StudentId, payer: Option<PayerId>) -> &mut Amounts {
        let asked = payer.map_or(Asked::Student(student), Asked::Payer);
        let row = self.rows.entry(asked).or_default();
        if payer.is_some() {
            row.1.insert(student);
        }
        &mut row.0
    }
}

fn payer(word: &str) -> Result<Option<PayerId>, StoreError> {
    if word == "-" { Ok(None) } else { decode::id(word).map(Some) }
}

/// A name as SQLite's NOCASE compares it.
fn folded(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().map(|byte| byte.to_ascii_lowercase())
}

impl View {
    /// Everybody who is asked for something or has credit on the day, by name.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn ageing_by_asked(
        &mut self,
        question: &AgeingQuestion,
    ) -> Result<Vec<AgeingAsked>, StoreError> {
        let (_, currency) = self.owner().await?;
        let students = self.named(question).await?;
        let chosen = match question.department {
            Among::All => None,
            _ => Some(students.iter().map(|named| named.0).collect::<HashSet<_>>()),
        };
        let wanted = |student| chosen.as_ref().is_none_or(|chosen| chosen.contains(&student));
        let mut sums = Sums { rows: HashMap::with_capacity(students.len()) };
        self.add_debts(question, &mut sums, wanted).await?;
        let payers: String = sqlx::query_scalar(PAYERS).fetch_one(self.conn()).await?;
        let payers: Vec<(PayerId, String, String, String)> = decode::json(&payers)?;
        let named = students.iter().map(|(id, number, name, _)| {
            (Asked::Student(*id), Arc::clone(number), Arc::clone(name), None)
        });
        let payers = payers.into_iter().map(|(id, number, name, kind)| {
            (Asked::Payer(id), number.into(), name.into(), Some(kind))
        });
        let mut rows = Vec::with_capacity(sums.rows.len());
        for (asked, number, name, kind) in named.chain(payers) {
            let Some((amounts, of)) = sums.rows.get(&asked) else { continue };
            if amounts.is_nothing() {
                continue;
            }
            rows.push(AgeingAsked {
                asked,
                number,
                name,
                kind: kind.as_deref().map(payers::kind).transpose()?,
                students: u32::try_from(of.len().max(1)).unwrap_or(u32::MAX),
                amounts: amounts.row(question.buckets.columns(), currency),
            });
        }
        // Both came by name: two runs, which the sort only merges.
        rows.sort_by(|a, b| folded(&a.name).cmp(folded(&b.name)));
        Ok(rows)
    }

    async fn add_debts(
        &mut self,
        question: &AgeingQuestion,
        sums: &mut Sums,
        wanted: impl Fn(StudentId) -> bool,
    ) -> Result<(), StoreError> {
        let first_days = first_days(question);
        let column = |day: &str| first_days.iter().take_while(|first| day < first.as_str()).count();
        let debts = match question.by {
            AgeBy::Due => BY_DUE,
            AgeBy::Issue => BY_ISSUE,
        };
        for part in debts {
            let lines = self.aged_lines(part, question).await?;
            for line in lines.lines() {
                let (student, debts) = told(line)?;
                if !wanted(student) {
                    continue;
                }
                for debt in debts {
                    let [asked, day, minor] = debt?;
                    sums.of(student, payer(asked)?).columns[column(day)] += number(minor)?;
                }
            }
        }
        let lines = self.aged_lines(CREDITS, question).await?;
        for credit in lines.lines() {
            let [student, asked, _, minor] = words(credit)?;
            let student = decode::id(student)?;
            if wanted(student) {
                sums.of(student, payer(asked)?).credit += number(minor)?;
            }
        }
        if question.by == AgeBy::Due {
            let moved = self.moved_by_plans(question.as_of).await?;
            let asked = self.asked_for(moved.iter().map(|part| part.invoice_id)).await?;
            for part in moved.into_iter().filter(|part| wanted(part.student_id)) {
                let of = sums.of(part.student_id, asked.get(&part.invoice_id).copied());
                of.columns[column(&part.from.to_string())] -= part.minor;
                of.columns[column(&part.to.to_string())] += part.minor;
            }
        }
        Ok(())
    }

    async fn aged_lines(
        &mut self,
        part: &'static str,
        question: &AgeingQuestion,
    ) -> Result<String, StoreError> {
        let part = self.hinted(part);
        let as_of = question.as_of.to_string();
        Ok(sqlx::query_scalar(part).bind(as_of).fetch_one(self.conn()).await?)
    }

    /// The payers of some invoices; those of students are left out.
    async fn asked_for(
        &mut self,
        invoices: impl Iterator<Item = InvoiceId>,
    ) -> Result<HashMap<InvoiceId, PayerId>, StoreError> {
        let ids: BTreeSet<InvoiceId> = invoices.collect();
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT id, payer_id FROM document
             WHERE payer_id IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        )
        .bind(serde_json::to_string(&ids)?)
        .fetch_all(self.conn())
        .await?;
        rows.iter().map(|(id, payer)| Ok((decode::id(id)?, decode::id(payer)?))).collect()
    }
}
