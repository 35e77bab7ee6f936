//! What a student bought ahead, as a screen shows it: every figure with the rows that make it.
//!
//! Never changes anything.

use super::REFUNDS;
use crate::actor::Actor;
use crate::fault::Fault;
use crate::office::Office;
use crate::show::{self, name_of};
use crate::wire::packages::{
    EntitledInvoice, EntitledItem, EntitlementRow, EntitlementView, StudentPackages,
    StudentPackagesRequest,
};
use crate::{students, typed};
use chrono::NaiveDate;
use finance::Money;
use finance::catalogue::ServiceItem;
use finance::holding::{Holding, HoldingState, Moved, Movement};
use finance::ids::{ServiceId, StudentId};
use finance::package::{Holds, RefundRule};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use store::{HoldingRow, View};

pub(super) const STATES: &[(&str, HoldingState)] = &[
    ("active", HoldingState::Active),
    ("used_up", HoldingState::UsedUp),
    ("expired", HoldingState::Expired),
    ("closed", HoldingState::Closed),
];

const MOVES: &[(&str, Moved)] = &[
    ("opened", Moved::Opened),
    ("drawn", Moved::Drawn),
    ("returned", Moved::Returned),
    ("extended", Moved::Extended),
    ("closed", Moved::Closed),
    ("expired", Moved::Expired),
];

/// What a student bought ahead.
pub async fn student_packages(
    office: &Office,
    _: &Actor,
    request: StudentPackagesRequest,
) -> Result<StudentPackages, Fault> {
    shown(office, typed::id("student_id", &request.student_id)?).await
}

/// The same, by id.
pub(crate) async fn shown(office: &Office, student: StudentId) -> Result<StudentPackages, Fault> {
    let mut view = office.store.read().await?;
    let row = students::demand(&mut view, student, office).await?;
    let mut held = view.holdings_of(&[student]).await?;
    let services = services(&mut view).await?;
    let today = office.today();
    held.sort_by_key(|row| {
        let ended = row.holding.state(today) != HoldingState::Active;
        let newest = std::cmp::Reverse(row.holding.entitlement.opened_on);
        (ended, ended.then_some(newest))
    });
    let usable = || {
        let held = held.iter().map(|row| &row.holding);
        held.filter(|holding| holding.state(today) == HoldingState::Active)
    };
    let currency = office.school.currency;
    let (mut total, mut left) = (Decimal::ZERO, Decimal::ZERO);
    let (mut amount_left, mut worth) = (Money::zero(currency), Money::zero(currency));
    for holding in usable() {
        let lessons = holding.lessons();
        total += lessons.0;
        left += lessons.1;
        amount_left = amount_left.plus(holding.left_amount()?.unwrap_or(Money::zero(currency)))?;
        worth = worth.plus(holding.worth(RefundRule::ProRata, today)?)?;
    }
    let valid_until = usable().filter_map(Holding::valid_until).min();
    let entitlements = held.iter().map(|row| entitlement(row, &services, today));
    Ok(StudentPackages {
        lessons_left: show::number(left),
        lessons_total: show::number(total),
        amount_left: amount_left.into(),
        worth: worth.into(),
        credit: row.credit.into(),
        valid_until: valid_until.map(|day| day.to_string()),
        entitlements: entitlements.collect::<Result<_, Fault>>()?,
    })
}

async fn services(view: &mut View) -> Result<BTreeMap<ServiceId, ServiceItem>, Fault> {
    let services = view.list_services("", true).await?;
    Ok(services.into_iter().map(|service| (service.id, service)).collect())
}

fn entitlement(
    row: &HoldingRow,
    services: &BTreeMap<ServiceId, ServiceItem>,
    today: NaiveDate,
) -> Result<EntitlementView, Fault> {
    let holding = &row.holding;
    let sold = &holding.entitlement;
    let (items, amount_total) = match &sold.holds {
        Holds::Lessons { items } => (items.as_slice(), None),
        Holds::Amount { amount } => (&[][..], Some(*amount)),
    };
    let items = items.iter().map(|held| EntitledItem {
        service_id: held.service_id.to_string(),
        service: format!("{} {}", held.service_code, held.name),
        total: show::number(held.quantity),
        left: show::number(holding.left_of(held)),
    });
    let invoices = row
        .invoices
        .iter()
        .map(|(id, number)| EntitledInvoice { id: id.to_string(), number: number.clone() });
    let (total, left) = holding.lessons();
    let moves = holding.movements(today)?;
    let (state, rest) = (holding.state(today), holding.rest(RefundRule::ProRata)?);
    Ok(EntitlementView {
        id: sold.id.to_string(),
        name: sold.name.clone(),
        state: name_of(&state, STATES),
        opened_on: sold.opened_on.to_string(),
        valid_until: holding.valid_until().map(|day| day.to_string()),
        invoices: invoices.collect(),
        invoice_open: row.invoice_open.into(),
        items: items.collect(),
        lessons_left: show::number(left),
        lessons_total: show::number(total),
        amount_left: holding.left_amount()?.map(Into::into),
        amount_total: amount_total.map(Into::into),
        worth: holding.worth(RefundRule::ProRata, today)?.into(),
        lapsed: if state == HoldingState::Expired { rest } else { Money::zero(rest.currency()) }
            .into(),
        credited: holding.credited()?.into(),
        extensible: matches!(state, HoldingState::Active | HoldingState::Expired)
            && holding.valid_until().is_some(),
        refundable: holding.worth(sold.refund, today)?.into(),
        refund: name_of(&sold.refund, REFUNDS),
        tax_code: sold.tax_code.clone(),
        rows: moves.iter().map(|moved| movement(row, moved, services)).collect(),
    })
}

fn movement(
    row: &HoldingRow,
    moved: &Movement<'_>,
    services: &BTreeMap<ServiceId, ServiceItem>,
) -> EntitlementRow {
    let kind = name_of(&moved.moved, MOVES);
    let drawn = moved.drawn;
    let extension = moved.extension;
    let whole = || extension.map_or(row.holding.entitlement.id.0, |later| later.id.0);
    let id = drawn.map_or_else(whole, |drawn| drawn.draw.id.0);
    let service = drawn.and_then(|drawn| services.get(&drawn.draw.service_id));
    let note = match (moved.moved, drawn) {
        (Moved::Drawn, Some(drawn)) => drawn.note.clone(),
        (Moved::Returned, Some(drawn)) => {
            drawn.returned.as_ref().map(|(_, why)| why.clone()).unwrap_or_default()
        }
        (Moved::Extended, _) => extension.map(|later| later.reason.clone()).unwrap_or_default(),
        (Moved::Closed, _) => {
            row.holding.closed.as_ref().map(|closing| closing.reason.clone()).unwrap_or_default()
        }
        _ => String::new(),
    };
    let returnable = drawn.filter(|drawn| {
        moved.moved == Moved::Drawn && drawn.returned.is_none() && row.holding.closed.is_none()
    });
    let counted = moved.left_amount.is_none();
    let lessons = |count: Decimal| if counted { show::number(count) } else { String::new() };
    let stays = extension.is_some();
    EntitlementRow {
        id: format!("{id}/{kind}"),
        kind,
        on: moved.on.to_string(),
        service: service.map(|s| format!("{} {}", s.code, s.name)).unwrap_or_default(),
        lessons: if stays { String::new() } else { lessons(moved.lessons) },
        amount: moved.amount.filter(|_| !stays).map(Into::into),
        left: lessons(moved.left),
        left_amount: moved.left_amount.map(Into::into),
        booking: drawn.map(|drawn| drawn.booking.clone()).unwrap_or_default(),
        note,
        draw_id: returnable.map(|drawn| drawn.draw.id.to_string()),
        extended_from: extension.map(|later| later.before.to_string()),
        extended_to: extension.map(|later| later.until.to_string()),
    }
}
