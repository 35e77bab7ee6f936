//! Every package of the school as one list.
//!
//! Never works out a rest or its worth: both stand in the row since the last thing that happened to
//! the package. The day only parts what is valid from what has expired.

use crate::apply::holdings::{ENDLESS, LESSON_SCALE};
use crate::decode;
use crate::error::StoreError;
use crate::typed::Typed;
use crate::view::{Order, View, Window, push_order};
use chrono::NaiveDate;
use finance::holding::HoldingState;
use finance::ids::{DepartmentId, EntitlementId, InvoiceId, StudentId};
use finance::{Currency, Money};
use rust_decimal::Decimal;
use sqlx::{QueryBuilder, Sqlite};

/// Which part of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PackageShelf {
    /// Everything.
    #[default]
    All,
    /// Something can be drawn.
    Active,
    /// Of these, those whose last day comes soon.
    Expiring,
    /// Of these, those of whose rest something would be paid back by their rule.
    Owed,
    /// Nothing is left.
    UsedUp,
    /// The last day is over, and something is left.
    Expired,
    /// The rest was paid back, or the invoice was taken back.
    Closed,
}

/// Which packages. Parts left empty do not narrow.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PackageFilter {
    /// The part of the list.
    pub shelf: PackageShelf,
    /// Student's name or number, as typed.
    pub query: String,
    /// Sold by this department.
    pub department_id: Option<DepartmentId>,
    /// The day on which the list is looked at.
    pub today: NaiveDate,
    /// The last day that comes soon.
    pub soon: NaiveDate,
}

/// Columns the list sorts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PackageColumn {
    /// The student's name.
    Student,
    /// The name of the package.
    Package,
    /// The day it was bought on.
    OpenedOn,
    /// The last day.
    ValidUntil,
    /// What is left: lessons first, then money.
    Left,
    /// What the rest is worth.
    Worth,
}

/// A package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageRow {
    /// The entitlement.
    pub id: EntitlementId,
    /// Its name on the day of the sale.
    pub name: String,
    /// Whose.
    pub student_id: StudentId,
    /// The student's present name.
    pub student: String,
    /// The student's number.
    pub student_number: String,
    /// Name of the department that sold it, or empty.
    pub department: String,
    /// The invoice of the first payer, and its number.
    pub invoice: (InvoiceId, String),
    /// How it stands on the day.
    pub state: HoldingState,
    /// The date of the invoice.
    pub opened_on: NaiveDate,
    /// The last day; nothing: without end.
    pub valid_until: Option<NaiveDate>,
    /// What it held and what is left of it.
    pub rest: PackageRest,
    /// What the rest is worth of the price paid, with VAT; of an expired one what lapsed.
    pub worth: Money,
    /// What of that its rule pays back.
    pub refundable: Money,
}

/// What a package held, and what is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageRest {
    /// Lessons, whichever service.
    Lessons { held: Decimal, left: Decimal },
    /// Money in the school's price basis.
    Amount { held: Money, left: Money },
}

/// A page of packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackagePage {
    /// The rows of the window.
    pub rows: Vec<PackageRow>,
    /// How many match in all.
    pub total: u32,
    /// What the rests of all that match and are valid are worth: owed to students in lessons.
    pub owed: Money,
    /// What the rests of all that match and have expired were worth.
    pub lapsed: Money,
}

/// Counts for the tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PackageCounts {
    pub all: u32,
    pub active: u32,
    pub expiring: u32,
    pub owed: u32,
    pub used_up: u32,
    pub expired: u32,
    pub closed: u32,
}

#[derive(sqlx::FromRow)]
struct Stored {
    id: String,
    name: String,
    student_id: String,
    student: String,
    student_number: String,
    department: String,
    invoice_id: String,
    invoice_number: Option<String>,
    opened_on: String,
    valid_until: String,
    stage: i64,
    is_amount: bool,
    held_units: i64,
    left_units: i64,
    worth_minor: i64,
    refund_minor: i64,
}

impl Stored {
    fn row(self, currency: Currency, today: NaiveDate) -> Result<PackageRow, StoreError> {
        let money = |minor| Money::from_minor(minor, currency);
        let lessons = |units| Decimal::new(units, LESSON_SCALE).normalize();
        let until = Some(self.valid_until.as_str()).filter(|day| *day != ENDLESS);
        let valid_until = decode::optional_date(until)?;
        let is_over = valid_until.is_some_and(|until| until < today);
        let (held, left) = (self.held_units, self.left_units);
        Ok(PackageRow {
            id: decode::id(&self.id)?,
            name: self.name,
            student_id: decode::id(&self.student_id)?,
            student: self.student,
            student_number: self.student_number,
            department: self.department,
            invoice: (decode::id(&self.invoice_id)?, self.invoice_number.unwrap_or_default()),
            state: match self.stage {
                0 if is_over => HoldingState::Expired,
                0 => HoldingState::Active,
                1 => HoldingState::UsedUp,
                2 => HoldingState::Closed,
                other => return Err(StoreError::Damaged(format!("{other} is no stage"))),
            },
            opened_on: decode::date(&self.opened_on)?,
            valid_until,
            rest: if self.is_amount {
                PackageRest::Amount { held: money(held), left: money(left) }
            } else {
                PackageRest::Lessons { held: lessons(held), left: lessons(left) }
            },
            worth: money(self.worth_minor),
            refundable: money(self.refund_minor),
        })
    }
}

const COLUMNS: &str = "SELECT e.id, e.name, e.student_id, s.name AS student,
    s.number AS student_number,
    coalesce((SELECT name FROM department WHERE id = e.department_id), '') AS department,
    e.invoice_id, (SELECT number FROM document WHERE id = e.invoice_id) AS invoice_number,
    e.opened_on, e.valid_until, e.stage, e.is_amount, e.held_units, e.left_units, e.worth_minor,
    e.refund_minor";

const ACTIVE: &str = "e.stage = 0 AND e.valid_until >= {today}";
const EXPIRED: &str = "e.stage = 0 AND e.valid_until < {today}";

impl PackageShelf {
    fn rule(self) -> &'static str {
        match self {
            Self::All => "TRUE",
            Self::Active => ACTIVE,
            Self::Expiring => {
                "e.stage = 0 AND e.valid_until >= {today} AND e.valid_until <= {soon}"
            }
            Self::Owed => "e.stage = 0 AND e.valid_until >= {today} AND e.refund_minor > 0",
            Self::UsedUp => "e.stage = 1",
            Self::Expired => EXPIRED,
            Self::Closed => "e.stage = 2",
        }
    }
}

impl PackageFilter {
    /// A rule with its days. A date is digits and hyphens, which hold nothing that could end a
    /// text.
    fn dated(&self, rule: &str) -> String {
        let days = [("{today}", self.today), ("{soon}", self.soon)];
        days.iter()
            .fold(rule.to_owned(), |rule, (name, day)| rule.replace(name, &format!("'{day}'")))
    }
}

/// Narrows to a shelf, a department and what was typed. `by_day` lets the planner start from the
/// last day; else a plus sign keeps it from that (SQLite, query planner, 7), so that rows come in
/// their order and nothing is sorted.
fn narrow(query: &mut QueryBuilder<Sqlite>, filter: &PackageFilter, words: &str, by_day: bool) {
    let rule = filter.dated(filter.shelf.rule());
    let rule = if by_day { rule } else { rule.replace("e.valid_until", "+e.valid_until") };
    query.push(" WHERE ").push(rule);
    if let Some(department) = filter.department_id {
        query.push(" AND e.department_id = ").push_bind(department.to_string());
    }
    if !words.is_empty() {
        query.push(" AND e.student_id IN (SELECT f.id FROM student_text t");
        query.push(" JOIN student f ON f.row = t.rowid WHERE student_text MATCH ");
        query.push_bind(words.to_owned()).push(")");
    }
}

fn keys(column: PackageColumn) -> &'static [&'static str] {
    match column {
        PackageColumn::Student => &["s.name COLLATE NOCASE", "s.row", "e.opened_on", "e.row"],
        PackageColumn::Package => &["e.name COLLATE NOCASE", "e.row"],
        PackageColumn::OpenedOn => &["e.opened_on", "e.row"],
        PackageColumn::ValidUntil => &["e.valid_until", "e.row"],
        PackageColumn::Left => &["e.is_amount", "e.left_units", "e.row"],
        PackageColumn::Worth => &["e.worth_minor", "e.row"],
    }
}

/// What ends first comes first.
const FIRST_TO_END: Order<PackageColumn> =
    Order { by: PackageColumn::ValidUntil, descending: false };

/// The places of a window's rows, in its order or backwards.
pub(crate) fn places(
    filter: &PackageFilter,
    words: &str,
    order: Order<PackageColumn>,
    window: Window,
) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("SELECT e.row FROM ");
    query.push(match order.by {
        // By the names of the students, then the packages of each.
        PackageColumn::Student => "student s CROSS JOIN entitlement e ON e.student_id = s.id",
        _ => "entitlement e",
    });
    narrow(&mut query, filter, words, order.by == PackageColumn::ValidUntil);
    push_order(&mut query, keys(order.by), order.descending);
    query.push(" LIMIT ").push_bind(window.limit).push(" OFFSET ").push_bind(window.offset);
    query
}

impl View {
    /// A page of packages. Without an order: what ends first comes first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_packages(
        &mut self,
        filter: &PackageFilter,
        order: Option<Order<PackageColumn>>,
        window: Window,
    ) -> Result<PackagePage, StoreError> {
        let (_, currency) = self.owner().await?;
        let words = Typed::new(&filter.query, currency).words;
        let mut query = QueryBuilder::new("SELECT count(*)");
        for part in [ACTIVE, EXPIRED].map(|rule| filter.dated(rule)) {
            query.push(", coalesce(sum(e.worth_minor) FILTER (WHERE ").push(part).push("), 0)");
        }
        query.push(" FROM entitlement e");
        narrow(&mut query, filter, &words, true);
        let [total, owed, lapsed] = self.sums(format!("{filter:?}"), query).await?;
        let total = decode::count(total);
        let order = order.unwrap_or(FIRST_TO_END);
        let (window, backwards) = window.nearer_end(total);
        let order = Order { descending: order.descending != backwards, ..order };
        let mut query = places(filter, &words, order, window);
        let mut places: Vec<i64> = query.build_query_scalar().fetch_all(self.conn()).await?;
        if backwards {
            places.reverse();
        }
        Ok(PackagePage {
            rows: self.packages_at(&places, currency, filter.today).await?,
            total,
            owed: Money::from_minor(owed, currency),
            lapsed: Money::from_minor(lapsed, currency),
        })
    }

    /// Rows in the order of their places.
    async fn packages_at(
        &mut self,
        places: &[i64],
        currency: Currency,
        today: NaiveDate,
    ) -> Result<Vec<PackageRow>, StoreError> {
        let mut query = QueryBuilder::new(COLUMNS);
        query.push(" FROM json_each(").push_bind(serde_json::to_string(places)?);
        query.push(
            ") page CROSS JOIN entitlement e ON e.row = page.value
             JOIN student s ON s.id = e.student_id ORDER BY page.key",
        );
        let rows: Vec<Stored> = query.build_query_as().fetch_all(self.conn()).await?;
        rows.into_iter().map(|row| row.row(currency, today)).collect()
    }

    /// Counts of every part of the list, narrowed by the rest of the filter.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn package_counts(
        &mut self,
        filter: &PackageFilter,
    ) -> Result<PackageCounts, StoreError> {
        use PackageShelf as S;
        let (_, currency) = self.owner().await?;
        let words = Typed::new(&filter.query, currency).words;
        let all = PackageFilter { shelf: PackageShelf::All, ..filter.clone() };
        let mut query = QueryBuilder::new("SELECT count(*)");
        for shelf in [S::Active, S::Expiring, S::Owed, S::UsedUp, S::Expired, S::Closed] {
            let rule = filter.dated(shelf.rule());
            query.push(", count(*) FILTER (WHERE ").push(rule).push(")");
        }
        query.push(" FROM entitlement e");
        narrow(&mut query, &all, &words, true);
        let counts: [i64; 7] = self.sums(format!("counts {all:?}"), query).await?;
        let [all, active, expiring, owed, used_up, expired, closed] = counts.map(decode::count);
        Ok(PackageCounts { all, active, expiring, owed, used_up, expired, closed })
    }

    /// The students of some packages, each with the package, in no order.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn holders_of(
        &mut self,
        ids: &[EntitlementId],
    ) -> Result<Vec<(EntitlementId, StudentId)>, StoreError> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT id, student_id FROM entitlement WHERE id IN (SELECT value FROM json_each(?))",
        )
        .bind(serde_json::to_string(ids)?)
        .fetch_all(self.conn())
        .await?;
        rows.iter().map(|(id, student)| Ok((decode::id(id)?, decode::id(student)?))).collect()
    }
}
