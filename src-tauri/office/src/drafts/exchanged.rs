//! Drafts in another currency than the books.
//!
//! Never lets one be issued without a rate: VAT is owed in the currency of the books.

use super::checks::{error, fine, warning, with};
use super::tables::Tables;
use crate::office::Office;
use crate::show;
use crate::wire::exchange::DraftExchange;
use crate::wire::invoices::{DraftInput, IssueCheck};
use chrono::NaiveDate;
use finance::Currency;
use finance::exchange::{ExchangeRate, OLD_AFTER_DAYS, RateUsed};
use finance::invoice::DraftInvoice;
use finance::line::Totals;

/// The currency of a draft and the rate of its day, where it needs one.
pub(super) fn read(
    office: &Office,
    tables: &Tables,
    (draft, issue_date): (&DraftInput, Option<NaiveDate>),
    checks: &mut Vec<IssueCheck>,
) -> (Currency, Option<RateUsed>) {
    let base = office.school.currency;
    let typed = draft.currency.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let currency = match typed.map(str::parse::<Currency>) {
        None => base,
        Some(Ok(currency)) => currency,
        Some(Err(_)) => {
            checks.push(error("exchange", "currency", "currency"));
            base
        }
    };
    if currency == base {
        return (base, None);
    }
    let day = issue_date.unwrap_or_else(|| office.today());
    let Some(rate) = ExchangeRate::in_force(&tables.rates, currency, day) else {
        let check = with(error("exchange", "no_rate", "currency"), "currency", currency);
        checks.push(with(check, "on", day));
        return (currency, None);
    };
    let used = rate.used(base);
    let check = if is_old(used, day) {
        warning("exchange", "rate_old", "currency")
    } else {
        fine("exchange", "rate_used")
    };
    let check = with(with(check, "currency", currency), "base", base);
    checks.push(with(with(check, "rate", show::number(used.rate)), "on", used.on));
    (currency, Some(used))
}

fn is_old(rate: RateUsed, day: NaiveDate) -> bool {
    (day - rate.on).num_days() > OLD_AFTER_DAYS
}

/// What a draft in another currency is worth, as the editor shows it.
pub(super) fn view(
    base: Currency,
    sketch: &DraftInvoice,
    totals: Option<&Totals>,
) -> Option<DraftExchange> {
    if sketch.currency == base {
        return None;
    }
    let worth = |totals: &Totals| {
        let conversion = sketch.conversion(totals).ok()??;
        Some(show::totals(&conversion.totals(totals)))
    };
    Some(DraftExchange {
        currency: sketch.currency.to_string(),
        base: base.to_string(),
        rate: sketch.exchange.map(|used| show::number(used.rate)),
        on: sketch.exchange.map(|used| used.on.to_string()),
        old: sketch.exchange.is_some_and(|used| is_old(used, sketch.issue_date)),
        totals: totals.and_then(worth),
    })
}
