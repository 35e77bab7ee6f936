//! Students and what they owe.

use crate::decode;
use crate::error::StoreError;
use crate::reminders::channel;
use crate::typed::Typed;
use crate::view::{Order, View, Window, push_order};
use chrono::NaiveDate;
use finance::ids::{DepartmentId, SchoolId, StudentId};
use finance::party::{Person, Student};
use finance::{Currency, Money};
use sqlx::{QueryBuilder, Sqlite};

/// Which students. Parts left empty do not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct StudentFilter {
    /// Name, number, e-mail or telephone, as typed.
    pub query: String,
    /// Of this department.
    pub department_id: Option<DepartmentId>,
    /// Only students with a balance above nothing.
    pub owing: bool,
    /// With those who came with a file that was taken back.
    pub with_away: bool,
}

/// Columns the list sorts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StudentColumn {
    /// The student number.
    Number,
    /// The name.
    Name,
    /// What is owed less credit.
    Balance,
    /// Oldest due date of what is open.
    OldestDue,
}

/// A student with the balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudentRow {
    /// The student as registered or last changed.
    pub student: Student,
    /// Name of the department, or empty.
    pub department: String,
    /// Open invoices.
    pub open: Money,
    /// Money and credit notes not set against any invoice.
    pub credit: Money,
    /// Open less credit.
    pub balance: Money,
    /// Open and due before today.
    pub overdue: Money,
    /// Oldest due date of what is open.
    pub oldest_due: Option<NaiveDate>,
    /// Their personal data was destroyed.
    pub erased: bool,
    /// They came with a file that was taken back, and were not registered since.
    pub away: bool,
}

/// A page of students.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudentPage {
    /// The rows of the window.
    pub rows: Vec<StudentRow>,
    /// How many match in all.
    pub total: u32,
    /// Sum of the balances of all that match.
    pub balance: Money,
}

/// What [`Stored`] reads from a row `s` of `student`, as things stand on a day. What no payment
/// plan covers is due by its invoice, what one covers by its instalments.
pub(crate) fn columns(today: NaiveDate) -> String {
    // A date is digits and hyphens, which hold nothing that could end a text.
    COLUMNS.replace("{today}", &format!("'{today}'"))
}

const COLUMNS: &str = "s.id, s.number, s.name, s.email, s.phone, s.address,
    s.reach_by, s.department_id, s.open_minor, s.credit_minor, s.away,
    EXISTS (SELECT 1 FROM erasure x WHERE x.student_id = s.id) AS erased,
    coalesce((SELECT name FROM department WHERE id = s.department_id), '') AS department,
    (SELECT coalesce(sum(o.open_minor - o.planned_minor), 0) FROM document o
        WHERE o.student_id = s.id AND o.open_minor > 0 AND o.kind = 'invoice'
            AND o.due_date < {today})
    + (SELECT coalesce(sum(pp.open_minor), 0) FROM plan_part pp
        WHERE pp.student_id = s.id AND pp.late_after < {today}) AS overdue_minor,
    (SELECT min(due) FROM (
        SELECT min(o.due_date) AS due FROM document o WHERE o.student_id = s.id
            AND o.open_minor > 0 AND o.kind = 'invoice' AND o.open_minor > o.planned_minor
        UNION ALL
        SELECT min(iif(pp.holds_until < {today}, min(pp.due_date, pp.own_due), pp.due_date))
        FROM plan_part pp WHERE pp.student_id = s.id)) AS oldest_due";

#[derive(sqlx::FromRow)]
pub(crate) struct Stored {
    id: String,
    number: String,
    name: String,
    email: String,
    phone: String,
    address: String,
    reach_by: Option<String>,
    department_id: Option<String>,
    department: String,
    open_minor: i64,
    credit_minor: i64,
    oldest_due: Option<String>,
    overdue_minor: i64,
    erased: bool,
    away: bool,
}

impl Stored {
    pub fn row(self, school_id: SchoolId, currency: Currency) -> Result<StudentRow, StoreError> {
        let money = |minor| Money::from_minor(minor, currency);
        Ok(StudentRow {
            student: Student {
                id: decode::id(&self.id)?,
                school_id,
                department_id: decode::optional_id(self.department_id.as_deref())?,
                number: self.number,
                person: Person {
                    name: self.name,
                    email: self.email,
                    phone: self.phone,
                    address: decode::json(&self.address)?,
                    reach_by: channel(self.reach_by.as_deref())?,
                },
            },
            department: self.department,
            open: money(self.open_minor),
            credit: money(self.credit_minor),
            balance: money(self.open_minor - self.credit_minor),
            overdue: money(self.overdue_minor),
            oldest_due: decode::optional_date(self.oldest_due.as_deref())?,
            erased: self.erased,
            away: self.away,
        })
    }
}

fn narrow(query: &mut QueryBuilder<Sqlite>, filter: &StudentFilter, typed: &Typed) {
    query.push(" WHERE TRUE");
    if !filter.with_away {
        query.push(" AND s.away = 0");
    }
    if filter.owing {
        query.push(" AND s.balance_minor > 0");
    }
    if let Some(department) = filter.department_id {
        query.push(" AND s.department_id = ").push_bind(department.to_string());
    }
    if !typed.is_empty() {
        query
            .push(" AND s.row IN (SELECT rowid FROM student_text WHERE student_text MATCH ")
            .push_bind(typed.words.clone())
            .push(")");
    }
}

fn keys(column: StudentColumn) -> &'static [&'static str] {
    match column {
        // Numbers are digits without leading zeros: the longer is the larger.
        StudentColumn::Number => &["length(s.number)", "s.number", "s.row"],
        StudentColumn::Name => &["s.name COLLATE NOCASE", "s.row"],
        StudentColumn::Balance => &["s.balance_minor", "s.row"],
        StudentColumn::OldestDue => &["s.oldest_due", "s.row"],
    }
}

const BY_NAME: Order<StudentColumn> = Order { by: StudentColumn::Name, descending: false };

/// The first student number of an empty book.
const FIRST_NUMBER: i64 = 1001;

impl View {
    /// A page of students. Without an order: by name.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_students(
        &mut self,
        filter: &StudentFilter,
        order: Option<Order<StudentColumn>>,
        window: Window,
        today: NaiveDate,
    ) -> Result<StudentPage, StoreError> {
        let (school_id, currency) = self.owner().await?;
        let typed = Typed::new(&filter.query, currency);
        let mut query =
            QueryBuilder::new("SELECT count(*), coalesce(sum(s.balance_minor), 0) FROM student s");
        narrow(&mut query, filter, &typed);
        let [total, balance] = self.sums(format!("{filter:?}"), query).await?;
        let total = decode::count(total);
        let order = order.unwrap_or(BY_NAME);
        let (window, backwards) = window.nearer_end(total);
        let mut query = QueryBuilder::new("SELECT ");
        query.push(columns(today));
        query.push(" FROM (SELECT s.row FROM student s");
        narrow(&mut query, filter, &typed);
        push_order(&mut query, keys(order.by), order.descending != backwards);
        query.push(" LIMIT ").push_bind(window.limit);
        query.push(" OFFSET ").push_bind(window.offset);
        query.push(") page CROSS JOIN student s ON s.row = page.row");
        push_order(&mut query, keys(order.by), order.descending);
        let rows: Vec<Stored> = query.build_query_as().fetch_all(self.conn()).await?;
        let rows = rows.into_iter().map(|row| row.row(school_id, currency));
        let balance = Money::from_minor(balance, currency);
        Ok(StudentPage { rows: rows.collect::<Result<_, _>>()?, total, balance })
    }

    /// One student.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_student(
        &mut self,
        id: StudentId,
        today: NaiveDate,
    ) -> Result<Option<StudentRow>, StoreError> {
        Ok(self.find_students(&[id], today).await?.pop())
    }

    /// The students there are of some, in no order.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_students(
        &mut self,
        ids: &[StudentId],
        today: NaiveDate,
    ) -> Result<Vec<StudentRow>, StoreError> {
        let (school_id, currency) = self.owner().await?;
        let mut query = QueryBuilder::new("SELECT ");
        query.push(columns(today));
        query.push(" FROM student s WHERE s.id IN (SELECT value FROM json_each(");
        query.push_bind(serde_json::to_string(ids)?).push("))");
        let rows: Vec<Stored> = query.build_query_as().fetch_all(self.conn()).await?;
        rows.into_iter().map(|row| row.row(school_id, currency)).collect()
    }

    /// The student with a number.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_student_by_number(
        &mut self,
        number: &str,
    ) -> Result<Option<StudentId>, StoreError> {
        let id: Option<String> = sqlx::query_scalar("SELECT id FROM student WHERE number = ?")
            .bind(number)
            .fetch_optional(self.conn())
            .await?;
        decode::optional_id(id.as_deref())
    }

    /// Students by their whole names, whatever the case of Latin letters.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn students_named(&mut self, names: &[String]) -> Result<Vec<StudentId>, StoreError> {
        let ids: Vec<String> = sqlx::query_scalar(
            "SELECT id FROM student
             WHERE name COLLATE NOCASE IN (SELECT value FROM json_each(?)) ORDER BY row",
        )
        .bind(serde_json::to_string(names)?)
        .fetch_all(self.conn())
        .await?;
        ids.iter().map(|id| decode::id(id)).collect()
    }

    /// One more than the largest student number; 1001 in an empty book.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn next_student_number(&mut self) -> Result<String, StoreError> {
        let last: Option<i64> =
            sqlx::query_scalar("SELECT max(CAST(number AS INTEGER)) FROM student")
                .fetch_one(self.conn())
                .await?;
        Ok(last.map_or(FIRST_NUMBER, |last| last + 1).to_string())
    }
}
