//! The pool of charges, and the rules they are made by.
//!
//! Never works a charge out: it stands as it was recorded.

use crate::decode;
use crate::error::StoreError;
use crate::typed::Typed;
use crate::view::{Order, View, Window, push_order};
use chrono::NaiveDate;
use finance::Money;
use finance::charge::{ChargeRule, EventKind, RecordedEvent};
use finance::ids::{ChargeId, DepartmentId, EventId, InvoiceId, StudentId};
use sqlx::{QueryBuilder, Sqlite};

/// What became of a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChargeState {
    /// Waits to be billed.
    Unbilled,
    /// Stands on an invoice.
    Billed,
    /// Will not be billed.
    Voided,
    /// Packages pay for all of it.
    Drawn,
    /// The rules charge nothing for the event.
    Free,
}

impl ChargeState {
    fn name(self) -> &'static str {
        match self {
            Self::Unbilled => "unbilled",
            Self::Billed => "billed",
            Self::Voided => "voided",
            Self::Drawn => "drawn",
            Self::Free => "free",
        }
    }

    fn of(name: &str) -> Result<Self, StoreError> {
        let all = [Self::Unbilled, Self::Billed, Self::Voided, Self::Drawn, Self::Free];
        let found = all.into_iter().find(|state| state.name() == name);
        found.ok_or_else(|| StoreError::Damaged(format!("{name:?} is no state of a charge")))
    }
}

/// A kind of event, as stored.
pub(crate) fn kind_name(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Attended => "attended",
        EventKind::CancelledInTime => "cancelled_in_time",
        EventKind::CancelledLate => "cancelled_late",
        EventKind::NoShow => "no_show",
        EventKind::PackageChanged => "package_changed",
    }
}

/// Which charges. Parts left empty do not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ChargeFilter {
    /// Student name or number, the key of the event, or an amount, as typed.
    pub query: String,
    /// Of this student.
    pub student_id: Option<StudentId>,
    /// Booked on this department.
    pub department_id: Option<DepartmentId>,
    /// Of events on or after this day.
    pub from: Option<NaiveDate>,
    /// Of events on or before this day.
    pub to: Option<NaiveDate>,
    /// Of one of these kinds; empty: of every kind.
    pub kinds: Vec<EventKind>,
    /// In this state.
    pub state: Option<ChargeState>,
}

/// Columns the list sorts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChargeColumn {
    /// The day of the event.
    HappenedOn,
    /// The student's name.
    Student,
    /// The kind of event.
    Kind,
    /// How much.
    Amount,
}

/// An event and what became of its charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeRow {
    /// The event with its charge.
    pub recorded: RecordedEvent,
    /// The student's present name.
    pub student: String,
    /// The student's number.
    pub student_number: String,
    /// Name of the department, or empty.
    pub department: String,
    /// What became of it.
    pub state: ChargeState,
    /// The invoice that billed it, with its number.
    pub invoice: Option<(InvoiceId, String)>,
    /// Why it was voided.
    pub void_reason: Option<String>,
}

/// A page of charges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargePage {
    /// The rows of the window.
    pub rows: Vec<ChargeRow>,
    /// How many match in all.
    pub total: u32,
    /// Sum of the charges of all that match, in the school's price basis.
    pub amount: Money,
}

const COLUMNS: &str = "c.body, c.state, c.void_reason, c.invoice_id, s.name AS student,
    s.number AS student_number,
    coalesce((SELECT name FROM department WHERE id = c.department_id), '') AS department,
    (SELECT number FROM document WHERE id = c.invoice_id) AS invoice_number";

#[derive(sqlx::FromRow)]
struct Stored {
    body: String,
    state: String,
    void_reason: Option<String>,
    invoice_id: Option<String>,
    student: String,
    student_number: String,
    department: String,
    invoice_number: Option<String>,
}

impl Stored {
    fn row(self) -> Result<ChargeRow, StoreError> {
        let invoice = decode::optional_id(self.invoice_id.as_deref())?;
        Ok(ChargeRow {
            recorded: decode::json(&self.body)?,
            student: self.student,
            student_number: self.student_number,
            department: self.department,
            state: ChargeState::of(&self.state)?,
            invoice: invoice.zip(self.invoice_number),
            void_reason: self.void_reason,
        })
    }
}

fn narrow(query: &mut QueryBuilder<Sqlite>, filter: &ChargeFilter, typed: &Typed) {
    query.push(" WHERE TRUE");
    if let Some(state) = filter.state {
        query.push(" AND c.state = ").push_bind(state.name());
    }
    if let Some(student) = filter.student_id {
        query.push(" AND c.student_id = ").push_bind(student.to_string());
    }
    if let Some(department) = filter.department_id {
        query.push(" AND c.department_id = ").push_bind(department.to_string());
    }
    if let Some(from) = filter.from {
        query.push(" AND c.happened_on >= ").push_bind(from.to_string());
    }
    if let Some(to) = filter.to {
        query.push(" AND c.happened_on <= ").push_bind(to.to_string());
    }
    if !filter.kinds.is_empty() {
        query.push(" AND c.event IN (");
        let mut kinds = query.separated(", ");
        for kind in &filter.kinds {
            kinds.push_bind(kind_name(*kind));
        }
        query.push(")");
    }
    if typed.is_empty() {
        return;
    }
    query.push(" AND (c.key = ").push_bind(filter.query.trim().to_owned());
    query
        .push(
            " OR c.student_id IN (SELECT f.id FROM student_text t
                JOIN student f ON f.row = t.rowid WHERE student_text MATCH ",
        )
        .push_bind(typed.words.clone())
        .push(")");
    if let Some(minor) = typed.amount_minor {
        query.push(" OR c.amount_minor = ").push_bind(minor);
    }
    query.push(")");
}

fn keys(column: ChargeColumn) -> &'static [&'static str] {
    match column {
        ChargeColumn::HappenedOn => &["c.happened_on", "c.row"],
        ChargeColumn::Student => &["s.name COLLATE NOCASE", "c.happened_on", "c.row"],
        ChargeColumn::Kind => &["c.event", "c.row"],
        ChargeColumn::Amount => &["c.amount_minor", "c.row"],
    }
}

const NEWEST: Order<ChargeColumn> = Order { by: ChargeColumn::HappenedOn, descending: true };

impl View {
    /// A page of charges. Without an order: newest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_charges(
        &mut self,
        filter: &ChargeFilter,
        order: Option<Order<ChargeColumn>>,
        window: Window,
    ) -> Result<ChargePage, StoreError> {
        let (_, currency) = self.owner().await?;
        let typed = Typed::new(&filter.query, currency);
        let mut query =
            QueryBuilder::new("SELECT count(*), coalesce(sum(c.amount_minor), 0) FROM charge c");
        narrow(&mut query, filter, &typed);
        let [total, amount] = self.sums(format!("{filter:?}"), query).await?;
        let total = decode::count(total);
        let order = order.unwrap_or(NEWEST);
        let (window, backwards) = window.nearer_end(total);
        let mut query =
            QueryBuilder::new("SELECT c.row FROM charge c JOIN student s ON s.id = c.student_id");
        narrow(&mut query, filter, &typed);
        push_order(&mut query, keys(order.by), order.descending != backwards);
        query.push(" LIMIT ").push_bind(window.limit).push(" OFFSET ").push_bind(window.offset);
        let mut places: Vec<i64> = query.build_query_scalar().fetch_all(self.conn()).await?;
        if backwards {
            places.reverse();
        }
        Ok(ChargePage {
            rows: self.charges_at(&places).await?,
            total,
            amount: Money::from_minor(amount, currency),
        })
    }

    /// Rows in the order of their places.
    async fn charges_at(&mut self, places: &[i64]) -> Result<Vec<ChargeRow>, StoreError> {
        let mut query = QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM json_each(").push_bind(serde_json::to_string(places)?);
        query.push(
            ") page CROSS JOIN charge c ON c.row = page.value
             JOIN student s ON s.id = c.student_id ORDER BY page.key",
        );
        let rows: Vec<Stored> = query.build_query_as().fetch_all(self.conn()).await?;
        rows.into_iter().map(Stored::row).collect()
    }

    /// Everything unbilled that the filter lets through, whatever state it names.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn unbilled(
        &mut self,
        filter: &ChargeFilter,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        let (_, currency) = self.owner().await?;
        let typed = Typed::new(&filter.query, currency);
        let filter = ChargeFilter { state: Some(ChargeState::Unbilled), ..filter.clone() };
        let mut query = QueryBuilder::new("SELECT c.body FROM charge c");
        narrow(&mut query, &filter, &typed);
        let bodies: Vec<String> = query.build_query_scalar().fetch_all(self.conn()).await?;
        bodies.iter().map(|body| decode::json(body)).collect()
    }

    /// The charges there are of some, in no order.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_charges(&mut self, ids: &[ChargeId]) -> Result<Vec<ChargeRow>, StoreError> {
        let mut query = QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(
            " FROM charge c JOIN student s ON s.id = c.student_id
             WHERE c.id IN (SELECT value FROM json_each(",
        );
        query.push_bind(serde_json::to_string(ids)?).push("))");
        let rows: Vec<Stored> = query.build_query_as().fetch_all(self.conn()).await?;
        rows.into_iter().map(Stored::row).collect()
    }

    /// The events there are of some, in no order.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_events(&mut self, ids: &[EventId]) -> Result<Vec<RecordedEvent>, StoreError> {
        let bodies: Vec<String> = sqlx::query_scalar(
            "SELECT body FROM charge WHERE id IN (SELECT value FROM json_each(?))",
        )
        .bind(serde_json::to_string(ids)?)
        .fetch_all(self.conn())
        .await?;
        bodies.iter().map(|body| decode::json(body)).collect()
    }

    /// Every rule, by event, service and day.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn charge_rules(&mut self) -> Result<Vec<ChargeRule>, StoreError> {
        let bodies: Vec<String> = sqlx::query_scalar(
            "SELECT body FROM charge_rule ORDER BY event, service_id, valid_from",
        )
        .fetch_all(self.conn())
        .await?;
        bodies.iter().map(|body| decode::json(body)).collect()
    }
}
