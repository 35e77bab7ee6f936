//! The same money is recorded once.
//!
//! Never refuses for good what only looks the same: a person may say that it is other money. An
//! event of a gateway leaves no such choice: its name makes the payment's identity.

use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::payments::RecordPayment;
use crate::{derived, exchange, typed};
use finance::ids::PaymentId;
use finance::payment::Payment;
use store::View;

/// The event a request tells of.
///
/// # Errors
/// [`Code::Invalid`] at `event`.
pub(super) fn event(request: &RecordPayment) -> Result<Option<String>, Fault> {
    let event = request.event.as_deref().map(|text| typed::required("event", text, typed::SHORT));
    event.transpose()
}

/// The identity of the payment an event tells of, the same on every desk.
pub(super) fn id_of(office: &Office, event: &str) -> PaymentId {
    PaymentId(derived::id(&["payment event", &office.school.id.to_string(), event]))
}

/// An event that is told again says the same.
///
/// # Errors
/// [`Code::CannotPay`], rule `event_differs`.
pub(super) fn demand_same(
    office: &Office,
    before: &Payment,
    request: &RecordPayment,
) -> Result<(), Fault> {
    let currency = exchange::currency_of(office, request.foreign.as_ref())?;
    let mut amount = typed::money("amount", &request.amount, currency)?;
    if let Some(surcharge) = request.surcharge.as_deref().filter(|text| !text.trim().is_empty()) {
        amount = amount.plus(typed::money("surcharge", surcharge, office.school.currency)?)?;
    }
    if amount == before.amount && request.student_id == before.student_id.to_string() {
        return Ok(());
    }
    let message = "This event was recorded before with another amount or student.";
    let fault = Fault::new(Code::CannotPay, message).rule("event_differs").at("event");
    Err(fault.with("amount", before.amount.amount().to_string()))
}

/// What looks like money that is recorded already needs a person to say that it is not.
///
/// # Errors
/// [`Code::CannotPay`], rule `duplicate`, with the payment it looks like.
pub(super) async fn demand_new(
    view: &mut View,
    payment: &Payment,
    request: &RecordPayment,
) -> Result<(), Fault> {
    if payment.event.is_some() || request.is_another.unwrap_or_default() {
        return Ok(());
    }
    let Some(twin) = view.payment_twins(payment).await?.into_iter().next() else { return Ok(()) };
    let fault = Fault::new(Code::CannotPay, "The same money seems to be recorded already.");
    Err(fault
        .rule("duplicate")
        .with("payment_id", twin.payment.id.to_string())
        .with("date", twin.payment.received_on.to_string())
        .with("method", twin.method_name)
        .with("amount", twin.payment.amount.amount().to_string()))
}
