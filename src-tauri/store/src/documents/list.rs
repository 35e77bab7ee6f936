//! The list of drafts, invoices and credit notes, its sums and its counts.

use super::{
    DocumentBase, DocumentColumn, DocumentFilter, DocumentPage, DocumentPlan, DocumentRow,
    InvoiceCounts, InvoiceView, RowKind, tally,
};
use crate::decode;
use crate::error::StoreError;
use crate::exports::NEEDS_PERSON;
use crate::typed::Typed;
use crate::view::{Order, View, Window, push_order};
use chrono::NaiveDate;
use finance::{Currency, Money};
use sqlx::{QueryBuilder, Sqlite};

/// What [`Stored`] reads from a row `d` of `document`.
pub(crate) const COLUMNS: &str = "d.kind, d.id, coalesce(d.number, '') AS number, d.student_id,
    d.student_name, d.payer_id, d.payer_name, d.issue_date, d.due_date, d.gross_minor,
    d.open_minor, d.credited_minor, d.currency, d.written_off_minor, d.planned_minor, d.plan_due,
    d.plan_until, d.scheduled_on, d.kept_back, d.foreign_currency, d.foreign_gross_minor,
    d.foreign_open_minor, d.foreign_credited_minor, d.foreign_written_off_minor";

/// The same columns as one JSON array a row. A page is handed over as one text: a row of its own
/// would cost a copy of each of its values and a journey from the database's thread.
const AS_ARRAY: &str =
    "json_array(kind, id, number, student_id, student_name, payer_id, payer_name,
    issue_date, due_date, gross_minor, open_minor, credited_minor, currency, written_off_minor,
    planned_minor, plan_due, plan_until, scheduled_on, json(iif(kept_back, 'true', 'false')),
    foreign_currency, foreign_gross_minor, foreign_open_minor, foreign_credited_minor,
    foreign_written_off_minor)";

/// A row by the names of [`COLUMNS`], or by the places of [`AS_ARRAY`].
#[derive(sqlx::FromRow, serde::Deserialize)]
pub(crate) struct Stored {
    kind: String,
    id: String,
    number: String,
    student_id: Option<String>,
    student_name: String,
    payer_id: Option<String>,
    payer_name: String,
    issue_date: String,
    due_date: String,
    gross_minor: i64,
    open_minor: i64,
    credited_minor: i64,
    currency: String,
    written_off_minor: i64,
    planned_minor: i64,
    plan_due: Option<String>,
    plan_until: Option<String>,
    scheduled_on: Option<String>,
    kept_back: bool,
    foreign_currency: Option<String>,
    foreign_gross_minor: Option<i64>,
    foreign_open_minor: Option<i64>,
    foreign_credited_minor: Option<i64>,
    foreign_written_off_minor: Option<i64>,
}

impl Stored {
    /// An amount in the document's own currency.
    fn own(&self, foreign: Option<i64>, minor: i64) -> Result<Money, StoreError> {
        decode::own_money((foreign, self.foreign_currency.as_deref()), (minor, &self.currency))
    }

    fn base(&self) -> Result<Option<DocumentBase>, StoreError> {
        if self.foreign_currency.is_none() {
            return Ok(None);
        }
        let base = |minor| decode::money(minor, &self.currency);
        Ok(Some(DocumentBase { gross: base(self.gross_minor)?, open: base(self.open_minor)? }))
    }

    pub fn row(self) -> Result<DocumentRow, StoreError> {
        let gross = self.own(self.foreign_gross_minor, self.gross_minor)?;
        let open = self.own(self.foreign_open_minor, self.open_minor)?;
        let credited = self.own(self.foreign_credited_minor, self.credited_minor)?;
        let written_off = self.own(self.foreign_written_off_minor, self.written_off_minor)?;
        let base = self.base()?;
        Ok(DocumentRow {
            kind: match self.kind.as_str() {
                "draft" => RowKind::Draft,
                "invoice" => RowKind::Invoice,
                _ => RowKind::CreditNote,
            },
            id: decode::id(&self.id)?,
            number: self.number,
            student_id: decode::optional_id(self.student_id.as_deref())?,
            student: self.student_name,
            payer_id: decode::optional_id(self.payer_id.as_deref())?,
            payer: self.payer_name,
            issue_date: decode::date(&self.issue_date)?,
            due_date: decode::date(&self.due_date)?,
            gross,
            open,
            credited,
            written_off,
            base,
            plan: DocumentPlan::read(
                (self.plan_due.as_deref(), self.plan_until.as_deref()),
                self.planned_minor == self.open_minor,
            )?,
            scheduled_on: decode::optional_date(self.scheduled_on.as_deref())?,
            kept_back: self.kept_back,
        })
    }
}

/// A filter with what its text means.
struct Question<'a> {
    filter: &'a DocumentFilter,
    typed: Typed,
    today: NaiveDate,
    /// So much matches that walking the list in its order meets a page soon; little is found
    /// faster word by word and then sorted.
    dense: bool,
}

/// From so many matches on a list is walked in its order.
const DENSE: u32 = 5_000;

impl<'a> Question<'a> {
    fn new(filter: &'a DocumentFilter, currency: Currency, today: NaiveDate) -> Self {
        Self { filter, typed: Typed::new(&filter.query, currency), today, dense: false }
    }

    fn narrow(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" WHERE TRUE");
        self.narrow_view(self.filter.view, query);
        self.narrow_text(query);
        let filter = self.filter;
        if let Some(student) = filter.student_id {
            query.push(" AND d.student_id = ").push_bind(student.to_string());
        }
        if let Some(payer) = filter.payer_id {
            query.push(" AND d.payer_id = ").push_bind(payer.to_string());
        }
        if let Some(department) = filter.department_id {
            query.push(" AND d.department_id = ").push_bind(department.to_string());
        }
        if let Some(run) = filter.run_id {
            // A document that was split stands in the run by its first part.
            query
                .push(
                    " AND coalesce(d.split_first, d.id) IN (SELECT invoice_id FROM charge_run_item",
                )
                .push(" WHERE outcome = 'issued' AND run_id = ")
                .push_bind(run.to_string())
                .push(")");
        }
        for (condition, day) in [
            (" AND d.issue_date >= ", filter.issued_from),
            (" AND d.issue_date <= ", filter.issued_to),
            (" AND d.due_date >= ", filter.due_from),
            (" AND d.due_date <= ", filter.due_to),
        ] {
            if let Some(day) = day {
                query.push(condition).push_bind(day.to_string());
            }
        }
        for (condition, minor) in [
            (" AND d.gross_minor >= ", filter.gross_from_minor),
            (" AND d.gross_minor <= ", filter.gross_to_minor),
        ] {
            if let Some(minor) = minor {
                query.push(condition).push_bind(minor);
            }
        }
    }

    /// How many rows there are, their total and what is open of it.
    fn sums(&self) -> QueryBuilder<Sqlite> {
        let mut query = QueryBuilder::new(
            "SELECT count(*), coalesce(sum(d.gross_minor), 0), coalesce(sum(d.open_minor), 0)
             FROM document d",
        );
        self.narrow(&mut query);
        query
    }

    /// How many rows there are of each view of [`COUNTED`].
    fn counts(&self) -> QueryBuilder<Sqlite> {
        let mut query = QueryBuilder::new("SELECT count(*)");
        for view in &COUNTED[1..] {
            query.push(", count(*) FILTER (WHERE TRUE");
            self.narrow_view(*view, &mut query);
            query.push(")");
        }
        query.push(" FROM document d");
        self.narrow(&mut query);
        query
    }

    fn narrow_view(&self, view: InvoiceView, query: &mut QueryBuilder<Sqlite>) {
        match view {
            InvoiceView::All => {}
            InvoiceView::Draft => {
                query.push(" AND d.kind = 'draft'");
            }
            InvoiceView::Open => {
                query.push(" AND ").push(OPEN);
            }
            InvoiceView::Overdue => {
                query.push(" AND ").push(OPEN);
                query.push(" AND d.late_after < ").push_bind(self.today.to_string());
            }
            InvoiceView::PartPaid => {
                query.push(" AND ").push(OPEN).push(" AND d.open_minor < d.gross_minor");
            }
            InvoiceView::Paid => {
                query.push(" AND ").push(PAID);
            }
            InvoiceView::Credited => {
                query.push(" AND ").push(CREDITED);
            }
            InvoiceView::ExportFailed => {
                query.push(" AND ").push(NEEDS_PERSON);
            }
        }
    }

    fn narrow_text(&self, query: &mut QueryBuilder<Sqlite>) {
        if self.typed.is_empty() {
            return;
        }
        // A plus sign keeps the planner from starting with the words (SQLite, query planner, 7).
        let [row, student, payer] = if self.dense {
            ["+d.row", "+d.student_id", "+d.payer_id"]
        } else {
            ["d.row", "d.student_id", "d.payer_id"]
        };
        query
            .push(" AND (")
            .push(row)
            .push(" IN (SELECT rowid FROM document_text WHERE document_text MATCH ")
            .push_bind(self.typed.words.clone())
            .push(") OR ")
            .push(student)
            .push(
                " IN (SELECT s.id FROM student_text t
                    JOIN student s ON s.row = t.rowid WHERE student_text MATCH ",
            )
            .push_bind(self.typed.words.clone())
            .push(") OR ")
            .push(payer)
            .push(
                " IN (SELECT p.id FROM payer_text t
                    JOIN payer p ON p.row = t.rowid WHERE payer_text MATCH ",
            )
            .push_bind(self.typed.words.clone())
            .push(")");
        if let Some(minor) = self.typed.amount_minor {
            query.push(" OR d.gross_minor IN (").push_bind(minor);
            query.push(", ").push_bind(-minor).push(")");
        }
        query.push(")");
    }
}

// The three parts of what is issued; with drafts they make the whole list.
const OPEN: &str = "d.open_minor > 0 AND d.kind = 'invoice'";
const PAID: &str = "d.kind = 'invoice' AND d.open_minor = 0
    AND (d.credited_minor < d.gross_minor OR d.gross_minor = 0)";
const CREDITED: &str = "(d.kind = 'credit_note' OR (d.kind = 'invoice' AND d.open_minor = 0
    AND d.gross_minor > 0 AND d.credited_minor = d.gross_minor))";

/// The views whose counts a filter without a view tells at once; the first is all of them.
const COUNTED: [InvoiceView; 7] = [
    InvoiceView::All,
    InvoiceView::Draft,
    InvoiceView::Open,
    InvoiceView::Overdue,
    InvoiceView::PartPaid,
    InvoiceView::Paid,
    InvoiceView::Credited,
];

fn keys(column: DocumentColumn) -> &'static [&'static str] {
    match column {
        DocumentColumn::Number => &["d.series_id", "d.sequence", "d.row"],
        DocumentColumn::Student => &["d.student_name COLLATE NOCASE", "d.row"],
        DocumentColumn::IssueDate => &["d.issue_date", "d.row"],
        DocumentColumn::DueDate => &["d.due_date", "d.row"],
        DocumentColumn::Gross => &["d.gross_minor", "d.row"],
        DocumentColumn::Open => &["d.open_minor", "d.row"],
    }
}

const NEWEST: Order<DocumentColumn> = Order { by: DocumentColumn::IssueDate, descending: true };

impl View {
    /// A page of the list. Without an order: newest first.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn list_documents(
        &mut self,
        filter: &DocumentFilter,
        order: Option<Order<DocumentColumn>>,
        window: Window,
        today: NaiveDate,
    ) -> Result<DocumentPage, StoreError> {
        let (_, currency) = self.owner().await?;
        let mut question = Question::new(filter, currency, today);
        let query = if self.scope.is_none() && tally::knows(filter) {
            tally::sums(filter.view, today)
        } else {
            question.sums()
        };
        let [total, gross, open] = self.sums(format!("{filter:?} {today}"), query).await?;
        let total = decode::count(total);
        question.dense = total >= DENSE;
        let rows = self.document_rows(&question, order.unwrap_or(NEWEST), window, total).await?;
        let (gross, open) = (Money::from_minor(gross, currency), Money::from_minor(open, currency));
        Ok(DocumentPage { rows, total, gross, open })
    }

    async fn document_rows(
        &mut self,
        question: &Question<'_>,
        order: Order<DocumentColumn>,
        window: Window,
        total: u32,
    ) -> Result<Vec<DocumentRow>, StoreError> {
        if window.offset >= total {
            return Ok(Vec::new());
        }
        let (window, backwards) = window.nearer_end(total);
        let mut query = QueryBuilder::new("SELECT json_group_array(");
        query.push(AS_ARRAY).push(") FROM (SELECT ");
        query.push(COLUMNS).push(" FROM (SELECT d.row FROM document d");
        question.narrow(&mut query);
        push_order(&mut query, keys(order.by), order.descending != backwards);
        query.push(" LIMIT ").push_bind(window.limit);
        query.push(" OFFSET ").push_bind(window.offset);
        query.push(") page CROSS JOIN document d ON d.row = page.row");
        push_order(&mut query, keys(order.by), order.descending);
        query.push(")");
        let rows: String = query.build_query_scalar().fetch_one(self.conn()).await?;
        decode::json::<Vec<Stored>>(&rows)?.into_iter().map(Stored::row).collect()
    }

    /// Counts of every view, narrowed by the rest of the filter (its view does not count).
    ///
    /// # Errors
    /// What the database reports.
    pub async fn invoice_counts(
        &mut self,
        filter: &DocumentFilter,
        today: NaiveDate,
    ) -> Result<InvoiceCounts, StoreError> {
        let (_, currency) = self.owner().await?;
        let all = DocumentFilter { view: InvoiceView::All, ..filter.clone() };
        let query = if self.scope.is_none() && tally::knows(&all) {
            tally::counts(&COUNTED, today)
        } else {
            Question::new(&all, currency, today).counts()
        };
        let parts: [i64; 7] = self.sums(format!("parts {all:?} {today}"), query).await?;
        let [all, draft, open, overdue, part_paid, paid, credited] = parts.map(decode::count);
        let failed = DocumentFilter { view: InvoiceView::ExportFailed, ..filter.clone() };
        let mut query = QueryBuilder::new("SELECT count(*) FROM document d");
        Question::new(&failed, currency, today).narrow(&mut query);
        let [export_failed] =
            self.sums::<1>(format!("failed {failed:?}"), query).await?.map(decode::count);
        Ok(InvoiceCounts { all, draft, open, overdue, part_paid, paid, credited, export_failed })
    }
}
