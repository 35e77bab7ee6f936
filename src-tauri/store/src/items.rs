//! What was open on any day, row by row: the rows that make a cell of the ageing.
//!
//! Never another sum than the ageing's: both begin with what is open now and take back what was
//! settled, released or reversed after the day.

mod narrow;

use self::narrow::{push_among, push_asked};
use crate::ageing::AgeBy;
use crate::decode;
use crate::error::StoreError;
use crate::plans::Moved;
use crate::reports::Among;
use crate::view::{View, Window};
use chrono::NaiveDate;
use finance::Money;
use finance::ageing::Span;
use finance::ids::{DepartmentId, PayerId, StudentId};
use sqlx::{QueryBuilder, Sqlite};
use uuid::Uuid;

/// Which items are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemQuestion {
    /// The day; what is dated after it does not count.
    pub as_of: NaiveDate,
    /// The date that must lie within the span.
    pub by: AgeBy,
    /// The column, as dates.
    pub span: Span,
    /// Only of this student.
    pub student_id: Option<StudentId>,
    /// Of students of a department.
    pub department: Among<DepartmentId>,
    /// Of those who are asked to pay; without one it is the student.
    pub payer: Among<PayerId>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// An invoice with something to pay.
    Invoice,
    /// Money with something unused.
    Payment,
    /// A credit note with something unused.
    CreditNote,
}

/// Something open or unused on the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Its identity.
    pub id: Uuid,
    /// Number of a document; code of the method of a payment.
    pub label: String,
    /// Payment reference of an invoice; reference of a payment.
    pub reference: String,
    /// Whose it is.
    pub student_id: StudentId,
    /// Their name.
    pub student: String,
    /// Issued or received on.
    pub date: NaiveDate,
    /// The day an invoice was due by, as things stood then: its own, or that of an instalment. An
    /// invoice with a payment plan has a row for each.
    pub due_date: Option<NaiveDate>,
    /// What it came to; above nothing.
    pub total: Money,
    /// Open of an invoice; unused of credit. Above nothing.
    pub left: Money,
    /// What it came to in its own currency, where that is not the book's; above nothing.
    pub own_total: Option<Money>,
}

impl Item {
    /// What it came to in its own currency, signed like an amount, where that is not the book's.
    pub fn foreign(&self, signed: Money) -> Option<Money> {
        self.own_total.map(|total| if signed.is_negative() { total.negated() } else { total })
    }
}

/// A page of items, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemPage {
    /// The rows of the window.
    pub rows: Vec<Item>,
    /// How many there are in all.
    pub total: u32,
    /// What is left of all of them.
    pub left: Money,
}

#[derive(sqlx::FromRow)]
struct Stored {
    kind: String,
    id: String,
    label: String,
    reference: String,
    student_id: String,
    student: String,
    date: String,
    due_date: Option<String>,
    total: i64,
    minor: i64,
    currency: String,
    own_minor: Option<i64>,
    own_currency: Option<String>,
}

impl Stored {
    fn item(self) -> Result<Item, StoreError> {
        let kind = match self.kind.as_str() {
            "invoice" => ItemKind::Invoice,
            "credit_note" => ItemKind::CreditNote,
            _ => ItemKind::Payment,
        };
        Ok(Item {
            kind,
            id: decode::id(&self.id)?,
            label: self.label,
            reference: self.reference,
            student_id: decode::id(&self.student_id)?,
            student: self.student,
            date: decode::date(&self.date)?,
            due_date: decode::optional_date(self.due_date.as_deref())?,
            total: decode::money(self.total, &self.currency)?,
            left: decode::money(self.minor, &self.currency)?,
            own_total: match (self.own_minor, &self.own_currency) {
                (Some(minor), Some(code)) => Some(decode::money(minor, code)?),
                _ => None,
            },
        })
    }
}

/// Which rows a part of a question is narrowed to.
struct Narrowing<'a> {
    /// The column that holds the student.
    student: &'static str,
    /// For allocations of one student: they are found by what they belong to.
    of_student: Option<&'static str>,
    question: &'a ItemQuestion,
}

impl Narrowing<'_> {
    fn push(&self, query: &mut QueryBuilder<Sqlite>) {
        if let Some(student) = self.question.student_id {
            match self.of_student {
                None => {
                    query.push(format!(" AND {} = ", self.student)).push_bind(student.to_string());
                }
                Some(found_by) => {
                    let mut parts = found_by.split('?');
                    query.push(parts.next().unwrap_or_default());
                    for part in parts {
                        query.push_bind(student.to_string()).push(part);
                    }
                }
            }
        }
        let of_department = format!(" AND {} IN (SELECT id FROM student WHERE ", self.student);
        push_among(query, &of_department, "department_id", self.question.department);
        if self.question.department != Among::All {
            query.push(")");
        }
    }
}

const DEBTS_OF_STUDENT: &str =
    " AND invoice_id IN (SELECT id FROM document WHERE student_id = ? AND kind = 'invoice')";
const CREDITS_OF_STUDENT: &str = " AND (payment_id IN (SELECT id FROM payment WHERE student_id = ?)
    OR credit_note_id IN (SELECT id FROM document WHERE student_id = ? AND kind = 'credit_note'))";

fn push_span(query: &mut QueryBuilder<Sqlite>, question: &ItemQuestion) {
    let column = match question.by {
        AgeBy::Due => "due_date",
        AgeBy::Issue => "issue_date",
    };
    push_bounds(query, question, column);
}

fn push_bounds(query: &mut QueryBuilder<Sqlite>, question: &ItemQuestion, column: &str) {
    for (bound, sign) in [(question.span.first, ">="), (question.span.last, "<=")] {
        if let Some(day) = bound {
            query.push(format!(" AND {column} {sign} ")).push_bind(day.to_string());
        }
    }
}

/// What is owed of each invoice on the day, as `owed (kind, id, due, minor)`. `moved` is what payment
/// plans made due on another day, as JSON of invoice, day and amount.
fn debts(question: &ItemQuestion, moved: &str) -> QueryBuilder<Sqlite> {
    let day = question.as_of.to_string();
    let of_document = Narrowing { student: "student_id", of_student: None, question };
    let of_allocation =
        Narrowing { student: "student_id", of_student: Some(DEBTS_OF_STUDENT), question };
    let mut query = QueryBuilder::new(
        "WITH part (id, due, minor) AS (
            SELECT id, due_date, open_minor FROM document
            WHERE open_minor > 0 AND kind = 'invoice' AND issue_date <= ",
    );
    query.push_bind(day.clone());
    of_document.push(&mut query);
    push_among(&mut query, " AND ", "payer_id", question.payer);
    push_span(&mut query, question);
    query.push(
        " UNION ALL SELECT invoice_id, due_date, amount_minor FROM allocation
            WHERE ended_on IS NULL AND effective_on > ",
    );
    query.push_bind(day.clone()).push(" AND issue_date <= ").push_bind(day.clone());
    of_allocation.push(&mut query);
    push_asked(&mut query, question, "allocation.invoice_id");
    push_span(&mut query, question);
    query.push(
        " UNION ALL SELECT invoice_id, due_date, -amount_minor FROM allocation WHERE ended_on > ",
    );
    query.push_bind(day.clone()).push(" AND effective_on <= ").push_bind(day);
    of_allocation.push(&mut query);
    push_asked(&mut query, question, "allocation.invoice_id");
    push_span(&mut query, question);
    push_moved(&mut query, question, moved);
    query.push(
        "), owed (kind, id, due, minor) AS (SELECT 'invoice', id, due, sum(minor) FROM part
            GROUP BY id, due HAVING sum(minor) <> 0)",
    );
    query
}

/// What payment plans moved, which is of the student asked for already.
fn push_moved(query: &mut QueryBuilder<Sqlite>, question: &ItemQuestion, moved: &str) {
    query.push(
        " UNION ALL SELECT value ->> 0 AS id, value ->> 1 AS due_date, value ->> 2 FROM json_each(",
    );
    query.push_bind(moved.to_owned()).push(") WHERE TRUE");
    push_bounds(query, question, "value ->> 1");
    push_asked(query, question, "value ->> 0");
    let of_department =
        " AND value ->> 0 IN (SELECT d.id FROM document d JOIN student s ON s.id = d.student_id
            WHERE ";
    push_among(query, of_department, "s.department_id", question.department);
    if question.department != Among::All {
        query.push(")");
    }
}

/// What is unused of each payment and credit note on the day, likewise. Money is a student's, whoever
/// sent it, until it is set against an invoice; a credit note is its buyer's.
fn credits(question: &ItemQuestion) -> QueryBuilder<Sqlite> {
    let day = || question.as_of.to_string();
    let own = Narrowing { student: "student_id", of_student: None, question };
    let used = Narrowing {
        student: "coalesce((SELECT student_id FROM payment WHERE id = payment_id),
            (SELECT student_id FROM document WHERE id = credit_note_id))",
        of_student: Some(CREDITS_OF_STUDENT),
        question,
    };
    let of_money = if matches!(question.payer, Among::One(_)) { " AND FALSE" } else { "" };
    let source = "iif(payment_id IS NULL, 'credit_note', 'payment'),
        coalesce(payment_id, credit_note_id)";
    let mut query = QueryBuilder::new(
        "WITH part (kind, id, minor) AS (SELECT 'payment', id, unallocated_minor FROM payment
            WHERE unallocated_minor > 0 AND counts_from <= ",
    );
    query.push_bind(day()).push(of_money);
    own.push(&mut query);
    query.push(
        " UNION ALL SELECT 'credit_note', id, -open_minor FROM document
            WHERE open_minor < 0 AND issue_date <= ",
    );
    query.push_bind(day());
    own.push(&mut query);
    push_among(&mut query, " AND ", "payer_id", question.payer);
    query.push(format!(
        " UNION ALL SELECT {source}, source_minor FROM allocation
            WHERE ended_on IS NULL AND effective_on > "
    ));
    query.push_bind(day()).push(" AND source_date <= ").push_bind(day());
    used.push(&mut query);
    push_asked(&mut query, question, "credit_note_id");
    query.push(format!(
        " UNION ALL SELECT {source}, -source_minor FROM allocation
            WHERE write_off IS NULL AND ended_on > "
    ));
    query.push_bind(day()).push(" AND effective_on <= ").push_bind(day());
    used.push(&mut query);
    push_asked(&mut query, question, "credit_note_id");
    query.push(format!(
        " UNION ALL SELECT {source}, amount_minor FROM refund_part
            WHERE coalesce((SELECT counts_from FROM payment WHERE id = payment_id),
                (SELECT issue_date FROM document WHERE id = credit_note_id)) <= "
    ));
    query.push_bind(day()).push(" AND paid_on > ").push_bind(day());
    used.push(&mut query);
    push_asked(&mut query, question, "credit_note_id");
    query.push(" UNION ALL SELECT 'payment', id, amount_minor FROM payment WHERE counts_until > ");
    query.push_bind(day()).push(" AND counts_from <= ").push_bind(day()).push(of_money);
    own.push(&mut query);
    query.push(
        "), owed (kind, id, minor) AS (
            SELECT kind, id, sum(minor) FROM part GROUP BY kind, id HAVING sum(minor) <> 0)",
    );
    query
}

const DEBT_ROWS: &str = " SELECT owed.kind, d.id, d.number AS label,
        d.payment_reference AS reference, d.student_id, d.student_name AS student,
        d.issue_date AS date, owed.due AS due_date, d.gross_minor AS total, owed.minor, d.currency,
        d.foreign_gross_minor AS own_minor, d.foreign_currency AS own_currency
    FROM owed JOIN document d ON d.id = owed.id ORDER BY owed.due, d.issue_date, d.number, d.row";

const CREDIT_ROWS: &str =
    " SELECT owed.kind, p.id AS id, p.method AS label, p.reference, p.student_id,
        p.student_name AS student, p.counts_from AS date, NULL AS due_date,
        p.amount_minor AS total, owed.minor, p.currency, p.foreign_minor AS own_minor,
        p.foreign_currency AS own_currency
    FROM owed JOIN payment p ON p.id = owed.id WHERE owed.kind = 'payment'
    UNION ALL SELECT owed.kind, d.id, d.number, d.reference, d.student_id, d.student_name,
        d.issue_date, NULL, -d.gross_minor, owed.minor, d.currency, -d.foreign_gross_minor,
        d.foreign_currency
    FROM owed JOIN document d ON d.id = owed.id WHERE owed.kind = 'credit_note'
    ORDER BY date, label, id";

const SUMS: &str = " SELECT count(*), coalesce(sum(minor), 0) FROM owed";

impl View {
    /// Invoices with something open on the day, oldest due date first. Their sum is the cell of
    /// the ageing they were asked for by.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn debts_on(
        &mut self,
        question: &ItemQuestion,
        window: Window,
    ) -> Result<ItemPage, StoreError> {
        let moved = self.moved_to(question).await?;
        let mut sums = debts(question, &moved);
        sums.push(SUMS);
        let mut rows = debts(question, &moved);
        rows.push(DEBT_ROWS);
        self.items(format!("debts {question:?}"), (sums, rows), window).await
    }

    /// Payments and credit notes with something unused on the day, oldest first. The span does not
    /// narrow them: credit stands in a column of its own.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn credits_on(
        &mut self,
        question: &ItemQuestion,
        window: Window,
    ) -> Result<ItemPage, StoreError> {
        let mut sums = credits(question);
        sums.push(SUMS);
        let mut rows = credits(question);
        rows.push(CREDIT_ROWS);
        self.items(format!("credits {question:?}"), (sums, rows), window).await
    }

    /// What payment plans made due on another day, taken from the one day and put on the other.
    async fn moved_to(&mut self, question: &ItemQuestion) -> Result<String, StoreError> {
        if question.by == AgeBy::Issue {
            return Ok("[]".to_owned());
        }
        let asked = |moved: &Moved| question.student_id.is_none_or(|id| id == moved.student_id);
        let moved = self.moved_by_plans(question.as_of).await?;
        let parts = moved.iter().filter(|moved| asked(moved)).flat_map(|moved| {
            let id = moved.invoice_id.to_string();
            [(id.clone(), moved.from, -moved.minor), (id, moved.to, moved.minor)]
        });
        Ok(serde_json::to_string(&parts.collect::<Vec<_>>())?)
    }

    async fn items(
        &mut self,
        asked: String,
        (sums, mut rows): (QueryBuilder<Sqlite>, QueryBuilder<Sqlite>),
        window: Window,
    ) -> Result<ItemPage, StoreError> {
        let (_, currency) = self.owner().await?;
        let [total, left] = self.sums(asked, sums).await?;
        rows.push(" LIMIT ").push_bind(window.limit).push(" OFFSET ").push_bind(window.offset);
        let rows: Vec<Stored> = rows.build_query_as().fetch_all(self.conn()).await?;
        Ok(ItemPage {
            rows: rows.into_iter().map(Stored::item).collect::<Result<_, _>>()?,
            total: decode::count(total),
            left: Money::from_minor(left, currency),
        })
    }
}
