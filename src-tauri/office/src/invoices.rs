//! Looking at drafts, invoices and credit notes.
//!
//! Never writes.

mod buyer;
mod settled;

use settled::Settled;
pub(crate) use settled::method_name;

use crate::actor::Actor;
use crate::drafts::discount_view;
use crate::fault::{Code, Fault};
use crate::marks::Marks;
use crate::office::Office;
use crate::wire::exchange::RowBase;
use crate::wire::invoices::{
    InvoiceCounts, InvoiceFilter, InvoicePage, InvoiceRequest, InvoiceRow, InvoiceSum, InvoiceView,
    LineView, ListInvoices,
};
use crate::{exchange, history, listing, payers, scheduling, show, typed};
use chrono::NaiveDate;
use finance::credit_note::{CreditNote, CreditedLine};
use finance::ids::InvoiceId;
use finance::invoice::{InvoiceStatus, Settlement};
use store::{
    DocumentColumn, DocumentFilter, DocumentPlan, DocumentRow, InvoiceRecord, PartRow, RowKind,
    Subject, View,
};

const VIEWS: &[(&str, store::InvoiceView)] = &[
    ("all", store::InvoiceView::All),
    ("draft", store::InvoiceView::Draft),
    ("open", store::InvoiceView::Open),
    ("overdue", store::InvoiceView::Overdue),
    ("part_paid", store::InvoiceView::PartPaid),
    ("paid", store::InvoiceView::Paid),
    ("credited", store::InvoiceView::Credited),
    ("export_failed", store::InvoiceView::ExportFailed),
];

const COLUMNS: &[(&str, DocumentColumn)] = &[
    ("number", DocumentColumn::Number),
    ("student", DocumentColumn::Student),
    ("issue_date", DocumentColumn::IssueDate),
    ("due_date", DocumentColumn::DueDate),
    ("days_overdue", DocumentColumn::DueDate),
    ("gross", DocumentColumn::Gross),
    ("open", DocumentColumn::Open),
];

/// What a filter asks of the book.
///
/// # Errors
/// [`Code::Invalid`] at the part that cannot be read.
pub(crate) fn filter(office: &Office, filter: &InvoiceFilter) -> Result<DocumentFilter, Fault> {
    let minor = |field: &str, text: Option<&str>| {
        let text = text.filter(|text| !text.trim().is_empty());
        let money = text.map(|text| typed::money(field, text, office.school.currency));
        money.transpose().map(|money| money.map(finance::Money::minor))
    };
    let day = |field: &str, text: &Option<String>| typed::optional_date(field, text.as_deref());
    let view = if filter.view.is_empty() { "all" } else { &filter.view };
    Ok(DocumentFilter {
        view: typed::one_of("filter.view", view, VIEWS)?,
        query: typed::text("filter.query", &filter.query, typed::SHORT)?,
        student_id: typed::optional_id("filter.student_id", filter.student_id.as_deref())?,
        payer_id: typed::optional_id("filter.payer_id", filter.payer_id.as_deref())?,
        department_id: typed::optional_id("filter.department_id", filter.department_id.as_deref())?,
        run_id: typed::optional_id("filter.run_id", filter.run_id.as_deref())?,
        issued_from: day("filter.issued_from", &filter.issued_from)?,
        issued_to: day("filter.issued_to", &filter.issued_to)?,
        due_from: day("filter.due_from", &filter.due_from)?,
        due_to: day("filter.due_to", &filter.due_to)?,
        gross_from_minor: minor("filter.amount_from", filter.amount_from.as_deref())?,
        gross_to_minor: minor("filter.amount_to", filter.amount_to.as_deref())?,
    })
}

/// A page of documents with the sums of all that match.
pub async fn list_invoices(
    office: &Office,
    _: &Actor,
    request: ListInvoices,
) -> Result<InvoicePage, Fault> {
    let filter = filter(office, &request.filter)?;
    let order = listing::order(request.order.as_ref(), COLUMNS)?;
    let window = listing::window(&request.window);
    let today = office.today();
    let mut view = office.store.read().await?;
    let page = view.list_documents(&filter, order, window, today).await?;
    let issued = page.rows.iter().filter(|row| row.kind != RowKind::Draft);
    let marks = Marks::read(&mut view, &issued.map(|row| row.id).collect::<Vec<_>>()).await?;
    let marked = |line: DocumentRow| {
        let exports = match line.kind {
            RowKind::Draft => Vec::new(),
            RowKind::Invoice | RowKind::CreditNote => marks.of(&[line.id]),
        };
        InvoiceRow { exports, ..row(line, today) }
    };
    Ok(InvoicePage {
        rows: page.rows.into_iter().map(marked).collect(),
        total: page.total,
        sums: vec![InvoiceSum { gross: page.gross.into(), open: page.open.into() }],
    })
}

pub(crate) fn row(row: DocumentRow, today: NaiveDate) -> InvoiceRow {
    let (kind, status) = match row.kind {
        RowKind::Draft => ("draft", scheduling::status(&row)),
        RowKind::CreditNote => ("credit_note", "credit"),
        RowKind::Invoice => ("invoice", status_of(&row, today)),
    };
    let counts_days = row.kind == RowKind::Invoice && row.open.is_positive();
    let due_by = row.due_by(today);
    InvoiceRow {
        id: row.id.to_string(),
        kind: kind.to_owned(),
        number: row.number,
        student_id: row.student_id.map_or_else(String::new, |id| id.to_string()),
        student: row.student,
        payer_id: row.payer_id.map(|id| id.to_string()),
        payer: row.payer,
        issue_date: row.issue_date.to_string(),
        due_date: row.due_date.to_string(),
        due_by: due_by.to_string(),
        plan: plan_name(row.plan, today),
        days_overdue: if counts_days { days_past(due_by, today) } else { 0 },
        gross: row.gross.into(),
        open: row.open.into(),
        base: row.base.map(|it| RowBase { gross: it.gross.into(), open: it.open.into() }),
        status: status.to_owned(),
        scheduled_on: row.scheduled_on.map(|day| day.to_string()),
        exports: Vec::new(),
    }
}

fn status_of(row: &DocumentRow, today: NaiveDate) -> &'static str {
    let settlement = Settlement {
        gross: row.gross,
        open: row.open,
        credited: row.credited,
        written_off: row.written_off,
    };
    status_name(settlement.status(row.due_by(today), today))
}

/// How a payment plan covers an invoice: `kept`, `broken`, or empty where none does.
fn plan_name(plan: Option<DocumentPlan>, today: NaiveDate) -> String {
    let name = plan.map(|plan| if plan.is_broken(today) { "broken" } else { "kept" });
    name.unwrap_or_default().to_owned()
}

/// The name of a status.
pub(crate) fn status_name(status: InvoiceStatus) -> &'static str {
    match status {
        InvoiceStatus::Open => "open",
        InvoiceStatus::PartPaid => "part_paid",
        InvoiceStatus::Overdue => "overdue",
        InvoiceStatus::Paid => "paid",
        InvoiceStatus::Credited => "credited",
        InvoiceStatus::WrittenOff => "written_off",
    }
}

/// Days from `due` to `today`; below nothing while there is time.
pub(crate) fn days_past(due: NaiveDate, today: NaiveDate) -> i32 {
    i32::try_from((today - due).num_days()).unwrap_or_default()
}

/// Counts for the tabs.
pub async fn invoice_counts(
    office: &Office,
    _: &Actor,
    request: InvoiceFilter,
) -> Result<InvoiceCounts, Fault> {
    let filter = filter(office, &request)?;
    let mut view = office.store.read().await?;
    let counts = view.invoice_counts(&filter, office.today()).await?;
    Ok(InvoiceCounts {
        all: counts.all,
        draft: counts.draft,
        open: counts.open,
        overdue: counts.overdue,
        part_paid: counts.part_paid,
        paid: counts.paid,
        credited: counts.credited,
        export_failed: counts.export_failed,
    })
}

/// An issued invoice.
pub async fn find_invoice(
    office: &Office,
    _: &Actor,
    request: InvoiceRequest,
) -> Result<InvoiceView, Fault> {
    show(office, typed::id("id", &request.id)?).await
}

/// The invoice of an id.
///
/// # Errors
/// [`Code::NotFound`].
pub(crate) async fn demand(view: &mut View, id: InvoiceId) -> Result<InvoiceRecord, Fault> {
    view.find_invoice(id)
        .await?
        .ok_or_else(|| Fault::new(Code::NotFound, "There is no such invoice.").rule("invoice"))
}

/// Everything about an invoice that its page shows.
struct Page {
    record: InvoiceRecord,
    settled: Settled,
    /// All parts of the document, where it was split.
    parts: Vec<PartRow>,
}

pub(crate) async fn show(office: &Office, id: InvoiceId) -> Result<InvoiceView, Fault> {
    let mut view = office.store.read().await?;
    show_in(&mut view, office, id).await
}

/// As [`show`], in a picture of the book that is there already.
pub(crate) async fn show_in(
    view: &mut View,
    office: &Office,
    id: InvoiceId,
) -> Result<InvoiceView, Fault> {
    let record = demand(view, id).await?;
    let parts = match &record.invoice.split {
        Some(mark) => view.parts_of(mark.first).await?,
        None => Vec::new(),
    };
    let page = Page { settled: Settled::read(view, &record).await?, record, parts };
    let today = office.today();
    let student = view.find_student(page.record.invoice.student_id, today).await?;
    let (number, department) =
        student.map_or_else(Default::default, |row| (row.student.number, row.department));
    let facts = view.history_of(Subject::Invoice(id)).await?;
    let marks = Marks::read(view, &[id.0]).await?;
    let mut shown = page.view(office, today)?;
    shown.student_number = number;
    shown.department = department;
    shown.exports = marks.views(&[id.0]);
    shown.history = history::of(&facts, &page.settled.methods);
    shown.history.extend(marks.history(&[id.0]));
    shown.history.sort_by(|a, b| a.at.cmp(&b.at));
    Ok(shown)
}

impl Page {
    fn view(&self, office: &Office, today: NaiveDate) -> Result<InvoiceView, Fault> {
        let Self { record, settled, parts } = self;
        let InvoiceRecord { invoice, open, credited, plan, base_open, .. } = record;
        let due_by = record.due_by(today);
        let gross = invoice.totals.gross;
        let settlement =
            Settlement { gross, open: *open, credited: *credited, written_off: record.written_off };
        let earlier: Vec<CreditNote> =
            settled.notes.iter().map(|note| note.credit_note.clone()).collect();
        let creditable = invoice.creditable(&earlier);
        let (paid, written_off) = settled.sums(gross.currency())?;
        Ok(InvoiceView {
            id: invoice.id.to_string(),
            number: invoice.number.text.clone(),
            student_id: invoice.student_id.to_string(),
            student_number: String::new(),
            department_id: invoice.department_id.map(|id| id.to_string()),
            department: String::new(),
            buyer: (&invoice.person).into(),
            student: buyer::student_name(invoice).to_owned(),
            payer: invoice.payer.as_deref().map(buyer::payer_view),
            split: invoice.split.as_deref().map(|mark| buyer::split_view(mark, parts)),
            terms: invoice.terms.map(payers::terms_view),
            discount: invoice.discount.map(discount_view),
            seller: seller_as_printed(office, invoice),
            issue_date: invoice.issue_date.to_string(),
            delivery_date: invoice.delivery_date.map(|day| day.to_string()),
            due_date: invoice.due_date.to_string(),
            due_by: due_by.to_string(),
            plan: plan_name(*plan, today),
            days_overdue: if open.is_positive() { days_past(due_by, today) } else { 0 },
            payment_reference: invoice.payment_reference.clone(),
            reference: invoice.reference.clone(),
            note: invoice.note.clone(),
            lines: line_views(invoice, &creditable),
            totals: show::totals(&invoice.totals),
            paid: paid.into(),
            credited: (*credited).into(),
            written_off: written_off.into(),
            open: (*open).into(),
            exchange: exchange::document(
                invoice.conversion.as_deref(),
                &invoice.totals,
                *base_open,
            ),
            status: status_name(settlement.status(due_by, today)).to_owned(),
            settlements: settled.views(),
            credit_notes: settled.notes.iter().map(settled::credit_note).collect(),
            exports: Vec::new(),
            history: Vec::new(),
            opening: invoice.opening.as_ref().map(Into::into),
        })
    }
}

/// The seller as the invoice names it, which may differ from the school as it is today.
fn seller_as_printed(
    office: &Office,
    invoice: &finance::invoice::Invoice,
) -> crate::wire::desk::SchoolView {
    let mut school = office.school.clone();
    school.seller = invoice.seller.clone();
    show::school(&school, &office.desk)
}

fn line_views(invoice: &finance::invoice::Invoice, creditable: &[CreditedLine]) -> Vec<LineView> {
    let decimals = invoice.totals.gross.currency().decimals();
    let lines = invoice.totals.lines.iter().zip(creditable);
    lines
        .map(|(line, left)| LineView {
            service_id: line.item.service_id.map(|id| id.to_string()),
            kind: show::name_of(&line.item.kind, show::SERVICE_KINDS),
            service_code: line.item.service_code.clone(),
            description: line.item.description.clone(),
            quantity: show::number(line.item.quantity),
            unit_price: crate::services::price(line.item.unit_price, decimals),
            discount_percent: show::number(line.item.discount_percent),
            tax_code: line.item.tax.code.clone(),
            tax_name: line.item.tax.name.clone(),
            tax_category: show::category(line.item.tax.category),
            income_account: line.item.income_account.clone(),
            net: line.net.into(),
            vat: line.vat.into(),
            gross: line.gross.into(),
            amount: line.amount(invoice.basis).into(),
            creditable: left.gross.into(),
        })
        .collect()
}
