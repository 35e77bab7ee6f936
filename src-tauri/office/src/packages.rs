//! What students bought ahead: drawing by hand, giving a draw back, a later last day, and the end of
//! a package before its day.
//!
//! Never works out what is left but by the rules of `finance`, and never lets more be drawn than
//! there is: it looks and draws in one transaction of the only writer.

mod extending;
mod listing;
mod refunding;
mod showing;

pub use extending::{extend_package, extend_packages};
pub use listing::list_packages;
pub use refunding::refund_package;
pub(crate) use showing::shown;
pub use showing::student_packages;

use crate::actor::Actor;
use crate::crediting;
use crate::derived;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::packages::{DrawPackage, ReturnDraw, StudentPackages};
use chrono::NaiveDate;
use finance::catalogue::ServiceItem;
use finance::credit_note::{CreditNote, CreditedLine};
use finance::fact::FactBody;
use finance::holding::{DrawRejection, Holding};
use finance::ids::{DrawId, EntitlementId, ServiceId};
use finance::package::{
    Closing, Draw, DrawReturn, Entitlement, HandDraw, Holds, RefundRule, Sale, Taken,
};
use std::collections::BTreeMap;
use store::Tx;

/// How the rest of a package is paid back, by its names on the wire.
pub(crate) const REFUNDS: &[(&str, RefundRule)] = &[
    ("pro_rata", RefundRule::ProRata),
    ("less_list_price", RefundRule::LessListPrice),
    ("nothing", RefundRule::Nothing),
];

/// The packages a fresh sale opens.
pub(crate) fn opened(sale: &Sale, catalogue: &BTreeMap<ServiceId, ServiceItem>) -> Vec<FactBody> {
    let Some(first) = sale.invoices.first() else { return Vec::new() };
    let lines = 0..first.totals.lines.len();
    let sold = lines.filter_map(|line| {
        let parts = ["entitlement", &first.id.to_string(), &line.to_string()];
        let id = EntitlementId(derived::id(&parts));
        Entitlement::opened(id, sale, line, |service| catalogue.get(&service))
    });
    sold.map(|sold| FactBody::EntitlementOpened(Box::new(sold))).collect()
}

/// The packages that end with a credit note: those whose line it takes back to the last, on the
/// invoice of every payer. `left` is what can still be credited after it.
pub(crate) async fn ended(
    tx: &mut Tx,
    note: &CreditNote,
    left: &[CreditedLine],
) -> Result<Vec<FactBody>, Fault> {
    let mut ended = Vec::new();
    for sold in tx.entitlements_of(note.invoice_id).await? {
        let mut gone = note.invoice_lines.contains(&sold.line) && is_gone(left, sold.line);
        let others = sold.shares.iter().map(|share| share.invoice_id);
        for other in others.filter(|id| *id != note.invoice_id) {
            gone = gone && is_gone(&crediting::left_of(tx, other).await?, sold.line);
        }
        if gone {
            ended.push(closing(&sold, note));
        }
    }
    Ok(ended)
}

fn is_gone(left: &[CreditedLine], line: usize) -> bool {
    left.iter().any(|left| left.line == line && left.gross.is_zero())
}

/// The end of a package with a credit note over it.
pub(crate) fn closing(sold: &Entitlement, note: &CreditNote) -> FactBody {
    FactBody::EntitlementClosed(Closing {
        school_id: sold.school_id,
        student_id: sold.student_id,
        entitlement_id: sold.id,
        credit_note_id: note.id,
        on: note.issue_date,
        reason: note.reason.clone(),
    })
}

/// A refusal in the office's codes.
fn refused(rejection: &DrawRejection, field: &str) -> Fault {
    let fault = Fault::new(Code::Invalid, rejection.to_string());
    match rejection {
        DrawRejection::NotPositive => fault.rule("draw_quantity").at(field),
        DrawRejection::NotHeld => fault.rule("draw_not_held").at("service_id"),
        DrawRejection::OtherVat => fault.rule("draw_other_vat").at("service_id"),
        DrawRejection::MoreThanLeft { left } => {
            fault.rule("draw_more_than_left").with("left", left.clone()).at(field)
        }
        DrawRejection::Expired { until } => {
            fault.rule("draw_expired").with("until", until.to_string()).at("on")
        }
        DrawRejection::Closed => fault.rule("draw_closed"),
    }
}

/// A day that is not to come.
fn past_day(office: &Office, field: &str, text: &str) -> Result<NaiveDate, Fault> {
    let day = typed::date(field, text)?;
    if day > office.today() {
        let fault = Fault::new(Code::Invalid, "This cannot have happened in the future.");
        return Err(fault.rule("draw_not_yet").at(field));
    }
    Ok(day)
}

/// The holding of an id that must be there.
async fn demand(tx: &mut Tx, id: EntitlementId) -> Result<Holding, Fault> {
    let missing = || Fault::new(Code::NotFound, "There is no such package.").rule("entitlement");
    let student = tx.holder_of(id).await?.ok_or_else(missing)?;
    let held = tx.holdings_of(&[student]).await?;
    let found = held.into_iter().find(|row| row.holding.entitlement.id == id);
    found.map(|row| row.holding).ok_or_else(missing)
}

/// Draws by hand; asked twice with the same id, once.
pub async fn draw_package(
    office: &Office,
    actor: &Actor,
    request: DrawPackage,
) -> Result<StudentPackages, Fault> {
    let id: DrawId = typed::id("id", &request.id)?;
    let on = past_day(office, "on", &request.on)?;
    let mut tx = office.store.begin().await?;
    let holding = demand(&mut tx, typed::id("entitlement_id", &request.entitlement_id)?).await?;
    let student_id = holding.entitlement.student_id;
    if tx.drawer_of(id).await?.is_none() {
        let draw = draw(office, &holding.entitlement, id, &request)?;
        let field = if request.amount.is_empty() { "quantity" } else { "amount" };
        let service = tx.find_service(draw.service_id).await?;
        let tax_code = service.map(|service| service.tax_code).unwrap_or_default();
        holding.check(&draw, &tax_code, on).map_err(|why| refused(&why, field))?;
        let drawn = FactBody::PackageDrawn(HandDraw {
            school_id: office.school.id,
            student_id,
            draw,
            on,
            booking: typed::text("booking", &request.booking, typed::SHORT)?,
            note: typed::text("note", &request.note, typed::LINE)?,
        });
        office.record(&mut tx, actor, [drawn]).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    shown(office, student_id).await
}

fn draw(
    office: &Office,
    sold: &Entitlement,
    id: DrawId,
    request: &DrawPackage,
) -> Result<Draw, Fault> {
    let taken = match &sold.holds {
        Holds::Lessons { .. } => {
            let quantity = typed::decimal("quantity", &request.quantity)?;
            Taken::Lessons { quantity: quantity.normalize() }
        }
        Holds::Amount { .. } => {
            let amount = typed::money("amount", &request.amount, office.school.currency)?;
            Taken::Amount { amount }
        }
    };
    let service_id = typed::id("service_id", &request.service_id)?;
    Ok(Draw { id, entitlement_id: sold.id, service_id, taken })
}

/// Gives a draw back; one that was given back stays as it is.
pub async fn return_draw(
    office: &Office,
    actor: &Actor,
    request: ReturnDraw,
) -> Result<StudentPackages, Fault> {
    let id: DrawId = typed::id("draw_id", &request.draw_id)?;
    let on = past_day(office, "on", &request.on)?;
    let reason = typed::required("reason", &request.reason, typed::LINE)?;
    let missing = || Fault::new(Code::NotFound, "There is no such draw.").rule("draw");
    let mut tx = office.store.begin().await?;
    let student_id = tx.drawer_of(id).await?.ok_or_else(missing)?;
    let held = tx.holdings_of(&[student_id]).await?;
    let found = held.iter().find_map(|row| {
        let drawn = row.holding.draws.iter().find(|drawn| drawn.draw.id == id)?;
        Some((&row.holding, drawn))
    });
    let (holding, drawn) = found.ok_or_else(missing)?;
    if drawn.returned.is_none() {
        if holding.closed.is_some() {
            return Err(refused(&DrawRejection::Closed, "draw_id"));
        }
        if on < drawn.on {
            let fault = Fault::new(Code::Invalid, "This lies before the draw itself.");
            return Err(fault.rule("return_too_early").at("on"));
        }
        let given = FactBody::DrawReturned(DrawReturn {
            school_id: office.school.id,
            student_id,
            entitlement_id: holding.entitlement.id,
            draw_id: id,
            on,
            reason,
        });
        office.record(&mut tx, actor, [given]).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    shown(office, student_id).await
}
