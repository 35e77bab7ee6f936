//! How old the debt was on any day.

use crate::decode;
use crate::error::StoreError;
use crate::view::View;
use chrono::{Days, NaiveDate};
use finance::Money;
use finance::ageing::{AgeingRow, Buckets};
use finance::ids::{DepartmentId, StudentId};
use sqlx::{QueryBuilder, Sqlite};
use std::collections::HashMap;

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
    /// Only students of this department.
    pub department_id: Option<DepartmentId>,
}

/// One student of an ageing list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeingStudent {
    /// The student.
    pub student_id: StudentId,
    /// The student number.
    pub number: String,
    /// The name.
    pub name: String,
    /// Amounts.
    pub amounts: AgeingRow,
}

/// What was owed on the day: what is owed now, and what was settled only later. Each debt with the
/// date it is aged from.
const DEBTS_BY_DUE: &str = "WITH debt (student_id, day, minor) AS (
        SELECT student_id, due_date, open_minor FROM document
        WHERE open_minor > 0 AND kind = 'invoice' AND issue_date <= ?1
        UNION ALL
        SELECT student_id, due_date, amount_minor FROM allocation
        WHERE effective_on > ?1 AND issue_date <= ?1)";
const DEBTS_BY_ISSUE: &str = "WITH debt (student_id, day, minor) AS (
        SELECT student_id, issue_date, open_minor FROM document
        WHERE open_minor > 0 AND kind = 'invoice' AND issue_date <= ?1
        UNION ALL
        SELECT student_id, issue_date, amount_minor FROM allocation
        WHERE effective_on > ?1 AND issue_date <= ?1)";

/// A student's debts on one day of age: `day` is cut to the end of its column, so that a row is
/// a student and a column.
const BY_COLUMN: &str = "
    SELECT student_id, CASE WHEN day >= ?1 THEN 0
        WHEN day >= ?2 THEN 1 WHEN day >= ?3 THEN 2 WHEN day >= ?4 THEN 3 WHEN day >= ?5 THEN 4
        WHEN day >= ?6 THEN 5 WHEN day >= ?7 THEN 6 WHEN day >= ?8 THEN 7 WHEN day >= ?9 THEN 8
        ELSE 9 END AS place, sum(minor)
    FROM debt GROUP BY student_id, place";

/// Credit on the day: what is unused now, and what was used only later.
const CREDITS: &str = "SELECT student_id, sum(minor) FROM (
        SELECT student_id, unallocated_minor AS minor FROM payment
        WHERE unallocated_minor > 0 AND received_on <= ?1
        UNION ALL
        SELECT student_id, -open_minor FROM document WHERE open_minor < 0 AND issue_date <= ?1
        UNION ALL
        SELECT coalesce(p.student_id, c.student_id), a.amount_minor FROM allocation a
        LEFT JOIN payment p ON p.id = a.payment_id
        LEFT JOIN document c ON c.id = a.credit_note_id
        WHERE a.effective_on > ?1 AND a.source_date <= ?1)
    GROUP BY student_id";

/// The most columns between "not due" and "beyond": what [`Buckets`] allows.
const MOST_BUCKETS: usize = 8;

/// The first day of each column, youngest first; columns that are not there have none.
fn first_days(question: &AgeingQuestion) -> Vec<String> {
    let mut days: Vec<String> = question
        .buckets
        .ends()
        .iter()
        .map(|end| question.as_of.checked_sub_days(Days::new(u64::from(*end))))
        .map(|day| day.map_or_else(String::new, |day| day.to_string()))
        .collect();
    // Later than every date: nothing falls into a column that is not there.
    days.resize(MOST_BUCKETS, "~".to_owned());
    days
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
        let mut amounts: HashMap<String, (Vec<i64>, i64)> = HashMap::new();
        let columns = question.buckets.columns();
        for (student, column, minor) in self.debts(question).await? {
            let row = amounts.entry(student).or_insert_with(|| (vec![0; columns], 0));
            row.0[column.min(columns - 1)] += minor;
        }
        let credits: Vec<(String, i64)> =
            sqlx::query_as(CREDITS).bind(question.as_of.to_string()).fetch_all(self.conn()).await?;
        for (student, minor) in credits {
            amounts.entry(student).or_insert_with(|| (vec![0; columns], 0)).1 += minor;
        }
        let mut rows = Vec::with_capacity(amounts.len());
        let ids: Vec<&String> = amounts.keys().collect();
        let ids = serde_json::to_string(&ids)?;
        for (id, number, name) in self.aged_students(question, ids).await? {
            let Some((columns, credit)) = amounts.remove(&id) else { continue };
            let balance = columns.iter().sum::<i64>() - credit;
            let money = |minor| Money::from_minor(minor, currency);
            let amounts = AgeingRow {
                columns: columns.into_iter().map(money).collect(),
                credit: money(credit),
                balance: money(balance),
            };
            rows.push(AgeingStudent { student_id: decode::id(&id)?, number, name, amounts });
        }
        Ok(rows)
    }

    /// Student, column and amount.
    async fn debts(
        &mut self,
        question: &AgeingQuestion,
    ) -> Result<Vec<(String, usize, i64)>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(match question.by {
            AgeBy::Due => DEBTS_BY_DUE,
            AgeBy::Issue => DEBTS_BY_ISSUE,
        });
        query.push(BY_COLUMN);
        let sql = query.into_sql();
        let mut query = sqlx::query_as(sql).bind(question.as_of.to_string());
        for day in first_days(question) {
            query = query.bind(day);
        }
        let rows: Vec<(String, i64, i64)> = query.fetch_all(self.conn()).await?;
        let place = |column: i64| usize::try_from(column).unwrap_or(0);
        Ok(rows.into_iter().map(|(student, column, sum)| (student, place(column), sum)).collect())
    }

    /// Of these students those asked for, by name.
    async fn aged_students(
        &mut self,
        question: &AgeingQuestion,
        ids: String,
    ) -> Result<Vec<(String, String, String)>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT id, number, name FROM student
             WHERE id IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR department_id = ?2)
             ORDER BY name COLLATE NOCASE, row",
        )
        .bind(ids)
        .bind(question.department_id.map(|id| id.to_string()))
        .fetch_all(self.conn())
        .await?)
    }
}
