//! Money received.

use crate::decode;
use crate::error::StoreError;
use crate::exports::shared;
use crate::typed::Typed;
use crate::view::{Order, View, Window, push_order};
use chrono::NaiveDate;
use finance::Money;
use finance::ids::{PaymentId, SchoolId, StudentId};
use finance::payment::{Payment, PaymentStanding, PaymentState};
use sqlx::{QueryBuilder, Sqlite};

/// Which payments. Parts left empty do not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PaymentFilter {
    /// Student name or number, reference or amount, as typed.
    pub query: String,
    /// Of this student.
    pub student_id: Option<StudentId>,
    /// Only payments with money not set against anything.
    pub unallocated: bool,
    /// Only payments that stand so.
    pub state: Option<PaymentState>,
    /// By the method of this code.
    pub method: Option<String>,
    /// Received on or after this day.
    pub from: Option<NaiveDate>,
    /// Received on or before this day.
    pub to: Option<NaiveDate>,
    /// Of at least this much, in minor units.
    pub amount_from_minor: Option<i64>,
    /// Of at most this much, in minor units.
    pub amount_to_minor: Option<i64>,
}

const STATES: [(&str, PaymentState); 4] = [
    ("pending", PaymentState::Pending),
    ("failed", PaymentState::Failed),
    ("confirmed", PaymentState::Confirmed),
    ("reversed", PaymentState::Reversed),
];

fn state(word: &str) -> Result<PaymentState, StoreError> {
    let found = STATES.iter().find(|(known, _)| *known == word).map(|(_, state)| *state);
    found.ok_or_else(|| StoreError::Damaged(format!("{word} is no state of a payment")))
}

fn word(wanted: PaymentState) -> &'static str {
    STATES.iter().find(|(_, state)| *state == wanted).map_or("", |(word, _)| *word)
}

/// Columns the list sorts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaymentColumn {
    /// The day it arrived.
    ReceivedOn,
    /// The student's name.
    Student,
    /// Code of the method.
    Method,
    /// How much.
    Amount,
    /// How much is not set against anything.
    Unallocated,
}

/// One payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    /// The payment as recorded.
    pub payment: Payment,
    /// Where it stands.
    pub standing: PaymentStanding,
    /// The student's present name.
    pub student: String,
    /// The method's name.
    pub method_name: String,
    /// Not set against any invoice.
    pub unallocated: Money,
    /// In the book's currency, where it came in another one.
    pub base: Option<PaymentBase>,
    /// Numbers of the invoices it settles, in the order they were settled.
    pub invoices: Vec<String>,
}

/// A payment in another currency, in the book's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentBase {
    /// Not set against any invoice.
    pub unallocated: Money,
    /// What was gained by exchange with what it settles; below nothing: lost.
    pub gain: Money,
}

/// A page of payments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentPage {
    /// The rows of the window.
    pub rows: Vec<PaymentRow>,
    /// How many match in all.
    pub total: u32,
    /// Sum of all that match and are confirmed.
    pub amount: Money,
    /// Sum of what is unallocated of all that match.
    pub unallocated: Money,
}

/// What [`Stored`] reads from a row `p` of `payment`.
pub(crate) const COLUMNS: &str = "p.id, p.student_id, p.student_name, p.method, p.received_on,
    p.currency, p.amount_minor, p.unallocated_minor, p.department_id, p.reference, p.note,
    p.pending, p.event, p.state, p.counts_from, p.counts_until, p.foreign_currency,
    p.foreign_minor, p.foreign_unallocated_minor,
    iif(p.foreign_currency IS NULL, 0, (SELECT coalesce(sum(source_minor - amount_minor), 0)
        FROM allocation WHERE payment_id = p.id AND ended_on IS NULL)) AS gain_minor,
    coalesce((SELECT name FROM payment_method m WHERE m.code = p.method), p.method) AS method_name,
    (SELECT json_group_array(number) FROM (SELECT i.number, min(a.row) AS first
        FROM allocation a CROSS JOIN document i ON i.id = a.invoice_id
        WHERE a.payment_id = p.id AND a.ended_on IS NULL GROUP BY i.row ORDER BY first)) AS invoices";

#[derive(sqlx::FromRow)]
pub(crate) struct Stored {
    id: String,
    student_id: String,
    student_name: String,
    method: String,
    received_on: String,
    currency: String,
    amount_minor: i64,
    unallocated_minor: i64,
    department_id: Option<String>,
    reference: String,
    note: String,
    pending: bool,
    event: Option<String>,
    state: String,
    counts_from: Option<String>,
    counts_until: Option<String>,
    foreign_currency: Option<String>,
    foreign_minor: Option<i64>,
    foreign_unallocated_minor: Option<i64>,
    gain_minor: i64,
    method_name: String,
    invoices: String,
}

impl Stored {
    /// An amount in the payment's own currency.
    fn own(&self, foreign: Option<i64>, minor: i64) -> Result<Money, StoreError> {
        decode::own_money((foreign, self.foreign_currency.as_deref()), (minor, &self.currency))
    }

    pub fn row(self, school_id: SchoolId) -> Result<PaymentRow, StoreError> {
        let in_base = |minor: i64| decode::money(minor, &self.currency);
        let unallocated = self.own(self.foreign_unallocated_minor, self.unallocated_minor)?;
        let amount = self.own(self.foreign_minor, self.amount_minor)?;
        let is_foreign = self.foreign_currency.is_some();
        let base = is_foreign.then(|| {
            let unallocated = in_base(self.unallocated_minor)?;
            Ok::<_, StoreError>(PaymentBase { unallocated, gain: in_base(self.gain_minor)? })
        });
        let (base, worth) = (base.transpose()?, is_foreign.then(|| in_base(self.amount_minor)));
        let worth = worth.transpose()?;
        Ok(PaymentRow {
            payment: Payment {
                id: decode::id(&self.id)?,
                school_id,
                department_id: decode::optional_id(self.department_id.as_deref())?,
                student_id: decode::id(&self.student_id)?,
                method: self.method,
                received_on: decode::date(&self.received_on)?,
                amount,
                base: worth,
                reference: self.reference,
                note: self.note,
                pending: self.pending,
                event: self.event,
            },
            standing: PaymentStanding {
                state: state(&self.state)?,
                from: decode::optional_date(self.counts_from.as_deref())?,
                until: decode::optional_date(self.counts_until.as_deref())?,
            },
            student: self.student_name,
            method_name: self.method_name,
            unallocated,
            base,
            invoices: decode::json(&self.invoices)?,
        })
    }
}

fn narrow(query: &mut QueryBuilder<Sqlite>, filter: &PaymentFilter, typed: &Typed) {
    query.push(" WHERE TRUE");
    if filter.unallocated {
        query.push(" AND p.unallocated_minor > 0");
    }
    if let Some(state) = filter.state {
        query.push(" AND p.state = ").push_bind(word(state));
    }
    if let Some(student) = filter.student_id {
        query.push(" AND p.student_id = ").push_bind(student.to_string());
    }
    if let Some(method) = &filter.method {
        query.push(" AND p.method = ").push_bind(method.clone());
    }
    for (condition, day) in
        [(" AND p.received_on >= ", filter.from), (" AND p.received_on <= ", filter.to)]
    {
        if let Some(day) = day {
            query.push(condition).push_bind(day.to_string());
        }
    }
    for (condition, minor) in [
        (" AND p.amount_minor >= ", filter.amount_from_minor),
        (" AND p.amount_minor <= ", filter.amount_to_minor),
    ] {
        if let Some(minor) = minor {
            query.push(condition).push_bind(minor);
        }
    }
    narrow_text(query, typed);
}

fn narrow_text(query: &mut QueryBuilder<Sqlite>, typed: &Typed) {
    if typed.is_empty() {
        return;
    }
    query
        .push(" AND (p.row IN (SELECT rowid FROM payment_text WHERE payment_text MATCH ")
        .push_bind(typed.words.clone())
        .push(
            ") OR p.student_id IN (SELECT s.id FROM student_text t
                JOIN student s ON s.row = t.rowid WHERE student_text MATCH ",
        )
        .push_bind(typed.words.clone())
        .push(")");
    if let Some(minor) = typed.amount_minor {
        query.push(" OR p.amount_minor = ").push_bind(minor);
    }
    query.push(")");
}

fn keys(column: PaymentColumn) -> &'static [&'static str] {
    match column {
        PaymentColumn::ReceivedOn => &["p.received_on", "p.row"],
        PaymentColumn::Student => &["p.student_name COLLATE NOCASE", "p.row"],
        PaymentColumn::Method => &["p.method", "p.row"],
        PaymentColumn::Amount => &["p.amount_minor", "p.row"],
        PaymentColumn::Unallocated => &["p.unallocated_minor", "p.row"],
    }
}

const NEWEST: Order<PaymentColumn> = Order { by: PaymentColumn::ReceivedOn, descending: true };

impl View {
    /// A page of payments. Without an order: newest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_payments(
        &mut self,
        filter: &PaymentFilter,
        order: Option<Order<PaymentColumn>>,
        window: Window,
    ) -> Result<PaymentPage, StoreError> {
        let (school_id, currency) = self.owner().await?;
        let typed = Typed::new(&filter.query, currency);
        let mut query = QueryBuilder::new(
            "SELECT count(*), coalesce(sum(iif(p.state = 'confirmed', p.amount_minor, 0)), 0),
                coalesce(sum(p.unallocated_minor), 0) FROM payment p",
        );
        narrow(&mut query, filter, &typed);
        let [total, amount, unallocated] = self.sums(format!("{filter:?}"), query).await?;
        let total = decode::count(total);
        let order = order.unwrap_or(NEWEST);
        let (window, backwards) = window.nearer_end(total);
        let mut query = QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM (SELECT p.row FROM payment p");
        narrow(&mut query, filter, &typed);
        push_order(&mut query, keys(order.by), order.descending != backwards);
        query.push(" LIMIT ").push_bind(window.limit);
        query.push(" OFFSET ").push_bind(window.offset);
        query.push(") page CROSS JOIN payment p ON p.row = page.row");
        push_order(&mut query, keys(order.by), order.descending);
        let rows: Vec<Stored> = query.build_query_as().fetch_all(self.conn()).await?;
        Ok(PaymentPage {
            rows: rows.into_iter().map(|row| row.row(school_id)).collect::<Result<_, _>>()?,
            total,
            amount: Money::from_minor(amount, currency),
            unallocated: Money::from_minor(unallocated, currency),
        })
    }

    /// One payment.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn find_payment(&mut self, id: PaymentId) -> Result<Option<PaymentRow>, StoreError> {
        let (school_id, _) = self.owner().await?;
        let mut query = QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM payment p WHERE p.id = ").push_bind(id.to_string());
        let row: Option<Stored> = query.build_query_as().fetch_optional(self.conn()).await?;
        row.map(|row| row.row(school_id)).transpose()
    }

    /// Payments that an event tells of: one, or the shares of several students.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn payments_of_event(&mut self, event: &str) -> Result<Vec<PaymentRow>, StoreError> {
        let (school_id, _) = self.owner().await?;
        let [from, before] = shared::shares(event);
        let mut query = QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM payment p WHERE p.event = ").push_bind(event);
        query.push(" OR (p.event >= ").push_bind(from);
        query.push(" AND p.event < ").push_bind(before).push(") ORDER BY p.id");
        let rows: Vec<Stored> = query.build_query_as().fetch_all(self.conn()).await?;
        rows.into_iter().map(|row| row.row(school_id)).collect()
    }

    /// Payments of a student of the same amount that still count or are announced, and that were
    /// received on the same day or carry the same reference.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn payment_twins(&mut self, like: &Payment) -> Result<Vec<PaymentRow>, StoreError> {
        let (school_id, _) = self.owner().await?;
        let mut query = QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM payment p WHERE p.student_id = ");
        query.push_bind(like.student_id.to_string());
        query.push(" AND p.amount_minor = ").push_bind(like.in_base().minor());
        query.push(" AND p.state IN ('pending', 'confirmed') AND (p.received_on = ");
        query.push_bind(like.received_on.to_string());
        query.push(" OR (p.reference <> '' AND p.reference = ").push_bind(like.reference.clone());
        query.push(")) ORDER BY p.received_on DESC, p.row DESC LIMIT 5");
        let rows: Vec<Stored> = query.build_query_as().fetch_all(self.conn()).await?;
        rows.into_iter().map(|row| row.row(school_id)).collect()
    }
}
