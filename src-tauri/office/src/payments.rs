//! Looking at money received.
//!
//! Never writes.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::marks::Marks;
use crate::office::Office;
use crate::wire::exchange::MoneyBase;
use crate::wire::invoices::ExportMark;
use crate::wire::payments::{
    AllocationView, ListPayments, PaymentPage, PaymentRequest, PaymentRow, PaymentView, RefundRow,
};
use crate::wire::returned::{FindByReference, ReferenceHit, ReferenceHits};
use crate::{history, listing, show, typed};
use finance::allocation::CreditSource;
use finance::ids::PaymentId;
use finance::payment::PaymentState;
use finance::refund::Refund;
use store::{PaymentColumn, PaymentFilter, Subject, View};
use uuid::Uuid;

const COLUMNS: &[(&str, PaymentColumn)] = &[
    ("received_on", PaymentColumn::ReceivedOn),
    ("student", PaymentColumn::Student),
    ("method", PaymentColumn::Method),
    ("method_name", PaymentColumn::Method),
    ("amount", PaymentColumn::Amount),
    ("unallocated", PaymentColumn::Unallocated),
];

pub(crate) const STATES: &[(&str, PaymentState)] = &[
    ("pending", PaymentState::Pending),
    ("confirmed", PaymentState::Confirmed),
    ("failed", PaymentState::Failed),
    ("reversed", PaymentState::Reversed),
];

/// A page of payments with the sums of all that match.
pub async fn list_payments(
    office: &Office,
    _: &Actor,
    request: ListPayments,
) -> Result<PaymentPage, Fault> {
    let filter = filter(office, &request)?;
    let order = listing::order(request.order.as_ref(), COLUMNS)?;
    let window = listing::window(&request.window);
    let mut view = office.store.read().await?;
    let page = view.list_payments(&filter, order, window).await?;
    let allocations = allocations(&mut view, &page.rows).await?;
    let all: Vec<Uuid> = allocations.iter().flatten().copied().collect();
    let marks = Marks::read(&mut view, &all).await?;
    let rows = page.rows.into_iter().zip(&allocations);
    Ok(PaymentPage {
        rows: rows.map(|(line, sent)| row(line, marks.of(sent))).collect(),
        total: page.total,
        amount: page.amount.into(),
        unallocated: page.unallocated.into(),
    })
}

fn filter(office: &Office, request: &ListPayments) -> Result<PaymentFilter, Fault> {
    let minor = |field: &str, text: &Option<String>| {
        let text = text.as_deref().filter(|text| !text.trim().is_empty());
        let money = text.map(|text| typed::money(field, text, office.school.currency));
        money.transpose().map(|money| money.map(finance::Money::minor))
    };
    Ok(PaymentFilter {
        query: typed::text("query", &request.query, typed::SHORT)?,
        student_id: typed::optional_id("student_id", request.student_id.as_deref())?,
        unallocated: request.unallocated,
        state: request
            .state
            .as_deref()
            .map(|word| typed::one_of("state", word, STATES))
            .transpose()?,
        method: match request.method.as_deref().unwrap_or_default() {
            "" => None,
            code => Some(typed::text("method", code, typed::SHORT)?),
        },
        from: typed::optional_date("from", request.from.as_deref())?,
        to: typed::optional_date("to", request.to.as_deref())?,
        amount_from_minor: minor("amount_from", &request.amount_from)?,
        amount_to_minor: minor("amount_to", &request.amount_to)?,
    })
}

/// What of each payment is exported: its allocations. Nothing is asked where nothing is connected.
async fn allocations(view: &mut View, rows: &[store::PaymentRow]) -> Result<Vec<Vec<Uuid>>, Fault> {
    if view.connections().await?.iter().all(|connection| connection.closed) {
        return Ok(vec![Vec::new(); rows.len()]);
    }
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let allocations = view.allocations_of_payment(row.payment.id).await?;
        all.push(allocations.into_iter().map(|row| row.allocation.id.0).collect());
    }
    Ok(all)
}

fn row(row: store::PaymentRow, exports: Vec<ExportMark>) -> PaymentRow {
    let payment = row.payment;
    PaymentRow {
        id: payment.id.to_string(),
        student_id: payment.student_id.to_string(),
        student: row.student,
        received_on: payment.received_on.to_string(),
        method: payment.method,
        method_name: row.method_name,
        reference: payment.reference,
        amount: payment.amount.into(),
        unallocated: row.unallocated.into(),
        base: base(payment.base, row.base),
        invoices: row.invoices,
        state: show::name_of(&row.standing.state, STATES),
        exports,
    }
}

/// One payment.
pub async fn find_payment(
    office: &Office,
    _: &Actor,
    request: PaymentRequest,
) -> Result<PaymentView, Fault> {
    show(office, typed::id("id", &request.id)?).await
}

pub(crate) async fn show(office: &Office, id: PaymentId) -> Result<PaymentView, Fault> {
    let mut view = office.store.read().await?;
    let missing = || Fault::new(Code::NotFound, "There is no such payment.").rule("payment");
    let row = view.find_payment(id).await?.ok_or_else(missing)?;
    let allocations = view.allocations_of_payment(id).await?;
    let refunds = view.refunds_of_payment(id).await?;
    let facts = view.history_of(Subject::Payment(id)).await?;
    let methods = view.payment_methods().await?;
    let (payment, standing) = (row.payment, row.standing);
    let sent: Vec<Uuid> = allocations.iter().map(|row| row.allocation.id.0).collect();
    let marks = Marks::read(&mut view, &sent).await?;
    Ok(PaymentView {
        id: payment.id.to_string(),
        student_id: payment.student_id.to_string(),
        student: row.student,
        received_on: payment.received_on.to_string(),
        method: payment.method,
        method_name: row.method_name,
        reference: payment.reference,
        note: payment.note,
        amount: payment.amount.into(),
        unallocated: row.unallocated.into(),
        base: base(payment.base, row.base),
        allocations: allocations
            .into_iter()
            .map(|row| AllocationView {
                id: row.allocation.id.to_string(),
                invoice_id: row.allocation.invoice_id.to_string(),
                invoice_number: row.invoice_number,
                amount: row.allocation.amount.into(),
                gain: row.gain.map(Into::into),
                date: row.allocation.allocated_on.to_string(),
                ended_on: row.ended_on.map(|day| day.to_string()),
            })
            .collect(),
        state: show::name_of(&standing.state, STATES),
        counts_from: standing.from.map(|day| day.to_string()),
        counts_until: standing.until.map(|day| day.to_string()),
        event: payment.event,
        refunds: refunds.iter().filter_map(|refund| refund_row(refund, id)).collect(),
        history: history::of(&facts, &methods),
        exports: marks.views(&sent),
    })
}

/// A payment in another currency, in that of the books.
fn base(amount: Option<finance::Money>, row: Option<store::PaymentBase>) -> Option<MoneyBase> {
    amount.zip(row).map(|(amount, row)| MoneyBase {
        amount: amount.into(),
        unallocated: Some(row.unallocated.into()),
        gain: row.gain.into(),
    })
}

/// What of a refund came out of a payment.
fn refund_row(refund: &Refund, payment: PaymentId) -> Option<RefundRow> {
    let part = refund.parts.iter().find(|part| part.source == CreditSource::Payment(payment))?;
    Some(RefundRow {
        id: refund.id.to_string(),
        paid_on: refund.paid_on.to_string(),
        amount: part.amount.into(),
        reason: refund.reason.clone(),
    })
}

/// Invoices whose payment reference or number was typed or pasted: alone, or within a line of a
/// bank's statement.
pub async fn find_by_reference(
    office: &Office,
    _: &Actor,
    request: FindByReference,
) -> Result<ReferenceHits, Fault> {
    let text = typed::note("text", &request.text)?;
    let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if joined.is_empty() {
        return Ok(ReferenceHits { hits: Vec::new() });
    }
    // A reference is copied with the blanks of a bank's page, a number may contain some.
    let opening = format!("{}{joined}", finance::opening::OPENING_PREFIX);
    let mut spellings = vec![joined.to_uppercase(), joined, text.clone(), opening];
    if let Some(rule) = &office.school.kid {
        spellings.extend(finance::kid::found_in(&text, rule));
    }
    spellings.extend(numbers_in(&text));
    spellings.truncate(MOST_SPELLINGS);
    let hits = office.store.read().await?.by_reference(&spellings).await?;
    let hits = hits.into_iter().map(|hit| ReferenceHit {
        invoice_id: hit.invoice_id.to_string(),
        number: hit.number.clone(),
        student_id: hit.student_id.to_string(),
        student_number: hit.student_number,
        student: hit.student,
        reference: match spellings.contains(&hit.payment_reference) {
            true => hit.payment_reference,
            false => hit.number,
        },
        open: hit.open.into(),
    });
    Ok(ReferenceHits { hits: hits.collect() })
}

/// The most words of a text that are looked for.
const MOST_SPELLINGS: usize = 100;

/// Words that may be numbers of invoices: those with a digit, and a letter or a hyphen beside it.
/// Days, amounts and numbers of accounts have neither.
fn numbers_in(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| c.is_whitespace() || ",;:()\"'".contains(c));
    let is_number = |word: &&str| {
        let has_letter = word.chars().any(char::is_alphabetic);
        word.contains(|c: char| c.is_ascii_digit()) && (has_letter || word.contains('-'))
    };
    words.filter(is_number).map(|word| word.trim_end_matches('.').to_uppercase())
}
