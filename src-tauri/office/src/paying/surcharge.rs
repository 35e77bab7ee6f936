//! What a way to pay costs on top: an invoice of its own, paid with the same money.
//!
//! Never taken unseen: what is recorded is the amount that a person saw.

use crate::charges::price_text;
use crate::drafts::{Tables, assess};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::invoices::{DraftInput, LineInput};
use crate::wire::payments::{RecordPayment, SurchargeView};
use crate::{derived, exchange, issuing, methods, show, typed};
use finance::Money;
use finance::allocation::{OpenItem, Share};
use finance::catalogue::ServiceItem;
use finance::fact::FactBody;
use finance::ids::{InvoiceId, StudentId};
use finance::payment::Payment;
use finance::surcharge::Surcharge;
use store::{Tx, View};

/// A surcharge that is sold with a payment.
pub(super) struct Sold {
    /// What issues its invoice.
    pub bodies: Vec<FactBody>,
    /// The invoice, as it is open until the payment settles it.
    pub item: OpenItem,
    /// All of it.
    pub share: Share,
}

/// What a way to pay costs on top of an amount; nothing where it costs nothing.
///
/// # Errors
/// What the database reports.
pub(super) async fn shown(
    office: &Office,
    view: &mut View,
    method: Option<&str>,
    (student, paid): (StudentId, Money),
) -> Result<Option<SurchargeView>, Fault> {
    let Some(code) = method.filter(|code| !code.is_empty()) else { return Ok(None) };
    let id = InvoiceId(derived::id(&["surcharge", "not sold"]));
    let Some((service, draft)) = draft(office, view, (id, code), (student, paid)).await? else {
        return Ok(None);
    };
    let mut tables = Tables::read(view, office).await?;
    let assessed = assess(view, office, &mut tables, &draft).await?;
    let Some(totals) = assessed.totals() else { return Ok(None) };
    Ok(Some(SurchargeView {
        name: service.name,
        gross: totals.gross.into(),
        total: paid.plus(totals.gross)?.into(),
    }))
}

/// The surcharge a person saw, sold; nothing where none was to be taken.
///
/// # Errors
/// [`Code::CannotPay`], rule `surcharge_changed`, where it comes to another amount by now, and what
/// keeps its invoice from being issued.
pub(super) async fn sold(
    office: &Office,
    tx: &mut Tx,
    payment: &Payment,
    request: &RecordPayment,
) -> Result<Option<Sold>, Fault> {
    let wanted = request.surcharge.as_deref().unwrap_or_default();
    if wanted.trim().is_empty() {
        return Ok(None);
    }
    let seen = typed::money("surcharge", wanted, payment.amount.currency())?;
    let refused = |rule, message: &str| Fault::new(Code::CannotPay, message).rule(rule);
    if payment.pending {
        let message = "A surcharge is taken when the money arrives.";
        return Err(refused("pending_surcharge", message).at("surcharge"));
    }
    let changed = || refused("surcharge_changed", "The surcharge has changed meanwhile.");
    let id = InvoiceId(derived::id(&["surcharge", &payment.id.to_string()]));
    let about = (payment.student_id, payment.amount);
    let (_, draft) = draft(office, tx, (id, &payment.method), about).await?.ok_or_else(changed)?;
    let bodies = issuing::issue(tx, office, &[(id, &draft)]).await?;
    let issued = bodies.iter().find_map(|body| match body {
        FactBody::InvoiceIssued(invoice) => Some(invoice),
        _ => None,
    });
    let invoice = issued.filter(|invoice| invoice.totals.gross == seen).ok_or_else(changed)?;
    let item = OpenItem {
        invoice_id: id,
        number: invoice.number.text.clone(),
        issue_date: invoice.issue_date,
        due_date: invoice.due_date,
        open: seen,
        base: invoice.conversion.as_ref().map(|it| it.sums.gross),
    };
    let share = Share { invoice_id: id, amount: seen };
    Ok(Some(Sold { bodies, item, share }))
}

/// What a rule comes to, in the currency of what is paid; nothing where today has no rate for it.
async fn price(
    office: &Office,
    view: &mut View,
    (rule, paid): (Surcharge, Money),
) -> Result<Option<Money>, Fault> {
    if paid.currency() == office.school.currency {
        return Ok(Some(rule.of(paid)?));
    }
    let rate = exchange::rate_on(office, view, paid.currency(), office.today()).await?;
    Ok(rate.map(|rate| rule.of_foreign(paid, rate)).transpose()?)
}

/// The invoice of a surcharge: one line, to the student, due at once, in the currency of the money.
async fn draft(
    office: &Office,
    view: &mut View,
    (id, method): (InvoiceId, &str),
    (student, paid): (StudentId, Money),
) -> Result<Option<(ServiceItem, DraftInput)>, Fault> {
    let Some(rule) = methods::active(view, method).await?.surcharge else { return Ok(None) };
    let Some(price) = price(office, view, (rule, paid)).await? else { return Ok(None) };
    let service = view.find_service(rule.service_id).await?.filter(|_| price.is_positive());
    let Some(service) = service else { return Ok(None) };
    let line = LineInput {
        service_id: Some(service.id.to_string()),
        kind: show::name_of(&service.kind, show::SERVICE_KINDS),
        description: service.name.clone(),
        quantity: "1".to_owned(),
        unit_price: price_text(office, price.amount()),
        discount_percent: "0".to_owned(),
        tax_code: service.tax_code.clone(),
        income_account: service.income_account.clone(),
    };
    let today = office.today().to_string();
    let department = view.find_student(student, office.today()).await?;
    let department = department.and_then(|row| row.student.department_id);
    let draft = DraftInput {
        id: id.to_string(),
        student_id: Some(student.to_string()),
        department_id: department.map(|id| id.to_string()),
        issue_date: today.clone(),
        delivery_date: None,
        due_date: today,
        reference: String::new(),
        note: String::new(),
        lines: vec![line],
        payers: Vec::new(),
        discount: None,
        terms: None,
        scheduled_on: None,
        currency: Some(paid.currency().to_string()),
    };
    Ok(Some((service, draft)))
}
