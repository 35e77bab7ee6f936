//! How old the debt was on any day.

mod asked;

use crate::decode;
use crate::error::StoreError;
use crate::reports::Among;
use crate::scope::Scope;
use crate::view::View;
use chrono::{Days, NaiveDate};
use finance::ageing::{AgeingRow, Buckets};
use finance::ids::{DepartmentId, StudentId};
use finance::{Currency, Money};
use std::collections::HashMap;
use std::sync::Arc;

pub use asked::{AgeingAsked, Asked};

/// The date a debt is aged from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeBy {
    /// Its due date.
    Due,
    /// Its date of issue.
    Issue,
}

/// What an ageing list is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeingQuestion {
    /// The day; what is dated after it does not count.
    pub as_of: NaiveDate,
    /// The date debts are counted from.
    pub by: AgeBy,
    /// The columns.
    pub buckets: Buckets,
    /// Students of a department.
    pub department: Among<DepartmentId>,
}

/// One student of an ageing list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeingStudent {
    /// The student.
    pub student_id: StudentId,
    /// The student number.
    pub number: Arc<str>,
    /// The name.
    pub name: Arc<str>,
    /// The department, where the student has one.
    pub department_id: Option<DepartmentId>,
    /// Amounts.
    pub amounts: AgeingRow,
}

// Each question answers with one text: thousands of small rows would cost more to hand over than
// to find, and of ids, dates and amounts a line of words is the cheapest to make and to read. The
// index is named because it alone holds all that is asked, and in the order of students, so that a
// line is a student; by the date the planner would choose another and look each invoice up.

/// Debts of students on a day: what is still owed of what was issued by then; what was owed then
/// and settled only later; and, below nothing, what is open again by now and was settled then. A
/// line for each student: the student, then the words of each debt, of which the last is the amount.
/// `$words` of a document and of an allocation, and what the latter is joined to.
macro_rules! debts {
    ($document:literal, $allocation:literal, $join:literal) => {
        [
            concat!(
                "SELECT coalesce(group_concat(line, char(10)), '') FROM (
                    SELECT student_id || group_concat(' ' || ",
                $document,
                " || ' ' || open_minor, '') AS line
                    FROM document INDEXED BY document_owed
                    WHERE open_minor > 0 AND kind = 'invoice' AND issue_date <= ?1
                    GROUP BY student_id)"
            ),
            concat!(
                "SELECT coalesce(group_concat(line, char(10)), '') FROM (
                    SELECT a.student_id || group_concat(' ' || ",
                $allocation,
                " || ' ' || a.amount_minor, '') AS line
                    FROM allocation a ",
                $join,
                " WHERE a.ended_on IS NULL AND a.effective_on > ?1 AND a.issue_date <= ?1
                    GROUP BY +a.student_id)"
            ),
            concat!(
                "SELECT coalesce(group_concat(line, char(10)), '') FROM (
                    SELECT a.student_id || group_concat(' ' || ",
                $allocation,
                " || ' ' || -a.amount_minor, '') AS line
                    FROM allocation a ",
                $join,
                " WHERE a.ended_on > ?1 AND a.effective_on <= ?1 GROUP BY +a.student_id)"
            ),
        ]
    };
}
use debts;

/// The debts of a student as a line tells them: who, and a day with an amount each.
const BY_DUE: [&str; 3] = debts!("due_date", "a.due_date", "");
const BY_ISSUE: [&str; 3] = debts!("issue_date", "a.issue_date", "");

/// Credit on the day: what is unused now; what was used or paid back only later; money that was
/// reversed only later; and, below nothing, what was used then and is no longer. A line for each:
/// student, amount.
const CREDITS: &str = "
    SELECT coalesce(group_concat(student_id || ' ' || minor, char(10)), '') FROM (
        SELECT student_id, unallocated_minor AS minor FROM payment INDEXED BY payment_unused
        WHERE unallocated_minor > 0 AND counts_from <= ?1
        UNION ALL
        SELECT student_id, -open_minor FROM document WHERE open_minor < 0 AND issue_date <= ?1
        UNION ALL
        SELECT coalesce(p.student_id, c.student_id), a.source_minor FROM allocation a
        LEFT JOIN payment p ON p.id = a.payment_id
        LEFT JOIN document c ON c.id = a.credit_note_id
        WHERE a.ended_on IS NULL AND a.effective_on > ?1 AND a.source_date <= ?1
        UNION ALL
        SELECT coalesce(p.student_id, c.student_id), r.amount_minor FROM refund_part r
        LEFT JOIN payment p ON p.id = r.payment_id
        LEFT JOIN document c ON c.id = r.credit_note_id
        WHERE r.paid_on > ?1 AND coalesce(p.counts_from, c.issue_date) <= ?1
        UNION ALL
        SELECT student_id, amount_minor FROM payment
        WHERE counts_until > ?1 AND counts_from <= ?1
        UNION ALL
        SELECT coalesce(p.student_id, c.student_id), -a.source_minor FROM allocation a
        LEFT JOIN payment p ON p.id = a.payment_id
        LEFT JOIN document c ON c.id = a.credit_note_id
        WHERE a.ended_on > ?1 AND a.effective_on <= ?1 AND a.write_off IS NULL)";

/// The students asked for, by name. All are read: the index holds them in order, and a look-up for
/// each debtor would cost more.
const NAMES: &str = "SELECT json_group_array(json_array(id, number, name, department_id)) FROM (
        SELECT id, number, name, department_id FROM student INDEXED BY student_name
        WHERE iif(?2, department_id IS ?1, TRUE) ORDER BY name COLLATE NOCASE, row)";

/// A student as [`NAMES`] tells of them: number, name, department. Texts are shared with the rows of
/// lists: there are thousands, and a screen shows a hundred.
pub(crate) type Named = (StudentId, Arc<str>, Arc<str>, Option<DepartmentId>);

/// What one student or payer owes and has, in minor units. Columns that are not asked for stay
/// empty.
#[derive(Clone, Copy, Debug, Default)]
struct Amounts {
    columns: [i64; Buckets::MOST_COLUMNS],
    credit: i64,
}

impl Amounts {
    fn is_nothing(&self) -> bool {
        self.credit == 0 && self.columns.iter().all(|minor| *minor == 0)
    }

    fn row(&self, columns: usize, currency: Currency) -> AgeingRow {
        let money = |minor| Money::from_minor(minor, currency);
        AgeingRow {
            columns: self.columns.iter().take(columns).map(|minor| money(*minor)).collect(),
            credit: money(self.credit),
            balance: money(self.columns.iter().sum::<i64>() - self.credit),
        }
    }
}

/// The first day of each column but the last, youngest first.
fn first_days(question: &AgeingQuestion) -> Vec<String> {
    let ends = question.buckets.ends().iter().map(|end| u64::from(*end));
    let days = std::iter::once(0).chain(ends);
    days.map(|back| question.as_of.checked_sub_days(Days::new(back)))
        .map(|day| day.map_or_else(String::new, |day| day.to_string()))
        .collect()
}

/// The words of a line that has just so many.
fn words<const N: usize>(line: &str) -> Result<[&str; N], StoreError> {
    let mut words = line.split(' ');
    let found = std::array::from_fn(|_| words.next().unwrap_or_default());
    if words.next().is_none() { Ok(found) } else { Err(unreadable(line)) }
}

/// The student of a line, and the words of each of their debts.
fn told<const N: usize>(
    line: &str,
) -> Result<(StudentId, impl Iterator<Item = Result<[&str; N], StoreError>>), StoreError> {
    let mut words = line.split(' ');
    let student = decode::id(words.next().unwrap_or_default())?;
    let debts = std::iter::from_fn(move || {
        let first = words.next()?;
        let mut whole = true;
        let debt = std::array::from_fn(|place| {
            let word = if place == 0 { Some(first) } else { words.next() };
            whole &= word.is_some();
            word.unwrap_or_default()
        });
        Some(if whole { Ok(debt) } else { Err(unreadable(line)) })
    });
    Ok((student, debts))
}

fn number(word: &str) -> Result<i64, StoreError> {
    word.parse().map_err(|_| unreadable(word))
}

fn unreadable(text: &str) -> StoreError {
    StoreError::Damaged(format!("ageing reads {text:?}"))
}

impl View {
    /// Every student with debt or credit on the day, by name.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn ageing(
        &mut self,
        question: &AgeingQuestion,
    ) -> Result<Vec<AgeingStudent>, StoreError> {
        let (_, currency) = self.owner().await?;
        let names = self.named(question).await?;
        let amounts = self.aged_amounts(question, names.len()).await?;
        let mut rows = Vec::with_capacity(amounts.len());
        for (student_id, number, name, department_id) in names.iter() {
            let Some(amounts) = amounts.get(student_id) else { continue };
            rows.push(AgeingStudent {
                student_id: *student_id,
                number: Arc::clone(number),
                name: Arc::clone(name),
                department_id: *department_id,
                amounts: amounts.row(question.buckets.columns(), currency),
            });
        }
        Ok(rows)
    }

    /// The students asked for, by name: remembered until a name changes.
    async fn named(&mut self, question: &AgeingQuestion) -> Result<Arc<[Named]>, StoreError> {
        let changes: i64 =
            sqlx::query_scalar("SELECT changes FROM student_names").fetch_one(self.conn()).await?;
        let scope = self.scope.as_ref().map(Scope::key);
        let asked = format!("{changes} {:?} {scope:?}", question.department);
        if let Some(names) = self.memo.names(&asked) {
            return Ok(names);
        }
        let names = self.hinted(NAMES);
        let department = match question.department {
            Among::One(id) => Some(id.to_string()),
            Among::All | Among::Without => None,
        };
        let names: String = sqlx::query_scalar(names)
            .bind(department)
            .bind(question.department != Among::All)
            .fetch_one(self.conn())
            .await?;
        let names = decode::json::<Vec<(_, String, String, _)>>(&names)?.into_iter();
        let names: Arc<[Named]> = names
            .map(|(id, number, name, department)| (id, number.into(), name.into(), department))
            .collect();
        // What a writer reads may still be undone.
        if self.generation.is_some() {
            self.memo.keep_names(asked, Arc::clone(&names));
        }
        Ok(names)
    }

    /// What everybody owes and has, of about so many.
    async fn aged_amounts(
        &mut self,
        question: &AgeingQuestion,
        people: usize,
    ) -> Result<HashMap<StudentId, Amounts>, StoreError> {
        let debts = match question.by {
            AgeBy::Due => BY_DUE,
            AgeBy::Issue => BY_ISSUE,
        };
        let as_of = question.as_of.to_string();
        let credits = self.hinted(CREDITS);
        let credits: String =
            sqlx::query_scalar(credits).bind(&as_of).fetch_one(self.conn()).await?;
        let first_days = first_days(question);
        let mut amounts: HashMap<StudentId, Amounts> = HashMap::with_capacity(people);
        for part in debts {
            let part = self.hinted(part);
            let lines: String =
                sqlx::query_scalar(part).bind(&as_of).fetch_one(self.conn()).await?;
            for line in lines.lines() {
                let (student, debts) = told(line)?;
                let of_student = amounts.entry(student).or_default();
                for debt in debts {
                    let [day, minor] = debt?;
                    let column = first_days.iter().take_while(|first| day < first.as_str()).count();
                    of_student.columns[column] += number(minor)?;
                }
            }
        }
        let moved = match question.by {
            AgeBy::Due => self.moved_by_plans(question.as_of).await?,
            AgeBy::Issue => Vec::new(),
        };
        for part in moved {
            let column = |day: NaiveDate| {
                let day = day.to_string();
                first_days.iter().take_while(|first| day < **first).count()
            };
            let of_student = amounts.entry(part.student_id).or_default();
            of_student.columns[column(part.from)] -= part.minor;
            of_student.columns[column(part.to)] += part.minor;
        }
        for credit in credits.lines() {
            let [student, minor] = words(credit)?;
            amounts.entry(decode::id(student)?).or_default().credit += number(minor)?;
        }
        // What was settled then and is open again by now may come to nothing.
        amounts.retain(|_, amounts| !amounts.is_nothing());
        Ok(amounts)
    }
}
