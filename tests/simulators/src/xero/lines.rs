//! Lines and what they add up to.
//!
//! Tax is rounded per line, half up to two places, and then summed
//! (developer.xero.com, "Rounding in Xero", read 2026-11). It is NEVER computed on the subtotal.

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;
use uuid::Uuid;

use super::books::{Books, Call};
use super::json::{decimal, filled, id};
use super::model::{Line, LineAmountTypes};
use super::reference::TrackingOption;

/// The sums of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub sub_total: Decimal,
    pub total_tax: Decimal,
    pub total: Decimal,
}

/// How strictly lines are read.
#[derive(Clone, Copy, Debug)]
pub struct LineRules {
    pub amounts: LineAmountTypes,
    /// The document is posted, so each line needs an account and a tax type.
    pub posted: bool,
}

/// Rounds half up to `places`, and shows all of them.
pub fn half_up(value: Decimal, places: u32) -> Decimal {
    let mut rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(places);
    rounded
}

/// Reads every line, adding what is wrong with them to `errors`.
pub fn read_lines(
    books: &Books,
    call: &Call,
    rules: LineRules,
    bodies: &[Value],
    errors: &mut Vec<String>,
) -> Vec<Line> {
    let mut lines = Vec::with_capacity(bodies.len());
    for body in bodies {
        match read_line(books, call, rules, body) {
            Ok(line) => lines.push(line),
            Err(error) => errors.push(error),
        }
    }
    lines
}

/// The sums of these lines.
pub fn totals(lines: &[Line], amounts: LineAmountTypes) -> Totals {
    let line_sum = half_up(lines.iter().map(|line| line.line_amount).sum(), 2);
    let total_tax = half_up(lines.iter().map(|line| line.tax_amount).sum(), 2);
    match amounts {
        LineAmountTypes::Inclusive => {
            Totals { sub_total: line_sum - total_tax, total_tax, total: line_sum }
        }
        LineAmountTypes::Exclusive | LineAmountTypes::NoTax => {
            Totals { sub_total: line_sum, total_tax, total: line_sum + total_tax }
        }
    }
}

fn read_line(books: &Books, call: &Call, rules: LineRules, body: &Value) -> Result<Line, String> {
    let account_code = read_account(books, rules, body)?;
    let tax_type = read_tax_type(books, rules, body, account_code.as_deref())?;
    let line_amount = decimal(body, "LineAmount")?;
    let quantity = decimal(body, "Quantity")?.unwrap_or(Decimal::ONE);
    let unit_amount = decimal(body, "UnitAmount")?.or(line_amount).unwrap_or_default();
    let unit_amount = half_up(unit_amount, call.unit_dp);
    let quantity = half_up(quantity, 4);
    let discount_rate = decimal(body, "DiscountRate")?;
    let kept = (Decimal::ONE_HUNDRED - discount_rate.unwrap_or_default()) / Decimal::ONE_HUNDRED;
    let discount_amount = decimal(body, "DiscountAmount")?;
    if discount_rate.is_some() && discount_amount.is_some() {
        return Err("Only one of DiscountRate and DiscountAmount can be given".to_owned());
    }
    let off = discount_amount.unwrap_or_default();
    let expected = half_up(quantity * unit_amount * kept - off, 2);
    if let Some(given) = line_amount.filter(|given| *given != expected) {
        return Err(format!(
            "The line total {given} does not match the expected line total {expected}"
        ));
    }
    let rate = tax_type.as_deref().and_then(|it| books.tax_rate(it)).map(|it| it.rate);
    let computed = line_tax(expected, rate.unwrap_or_default(), rules.amounts);
    let tax_amount = match rules.amounts {
        LineAmountTypes::NoTax => Decimal::ZERO,
        _ => decimal(body, "TaxAmount")?.map_or(computed, |given| half_up(given, 2)),
    };
    let tracking = read_tracking(books, body)?;
    Ok(Line {
        id: id(body, "LineItemID").unwrap_or_else(Uuid::now_v7),
        description: filled(body, "Description").map(str::to_owned),
        quantity,
        unit_amount,
        discount_rate,
        item_code: filled(body, "ItemCode").map(str::to_owned),
        account_code,
        tax_type,
        tax_amount,
        line_amount: expected,
        tracking,
    })
}

fn line_tax(line_amount: Decimal, rate: Decimal, amounts: LineAmountTypes) -> Decimal {
    match amounts {
        LineAmountTypes::Exclusive => half_up(line_amount * rate / Decimal::ONE_HUNDRED, 2),
        LineAmountTypes::Inclusive => {
            half_up(line_amount * rate / (Decimal::ONE_HUNDRED + rate), 2)
        }
        LineAmountTypes::NoTax => Decimal::ZERO,
    }
}

/// Each entry names a category and an option of it that is in use, by id.
fn read_tracking(books: &Books, body: &Value) -> Result<Vec<Value>, String> {
    let given = body.get("Tracking").and_then(Value::as_array).cloned().unwrap_or_default();
    if given.len() > 2 {
        return Err("A line item can have at most 2 tracking categories".to_owned());
    }
    for entry in &given {
        let category = id(entry, "TrackingCategoryID");
        let category = books.tracking.iter().find(|it| Some(it.id) == category);
        let option = id(entry, "TrackingOptionID");
        let is_there = |it: &&TrackingOption| Some(it.id) == option && !it.archived;
        if category.and_then(|it| it.options.iter().find(is_there)).is_none() {
            return Err("The tracking option does not exist or is archived.".to_owned());
        }
    }
    Ok(given)
}

fn read_account(books: &Books, rules: LineRules, body: &Value) -> Result<Option<String>, String> {
    let by_id = id(body, "AccountID")
        .and_then(|id| books.accounts.iter().find(|account| account.id == id))
        .map(|account| account.code.as_str());
    let Some(code) = filled(body, "AccountCode").or(by_id) else {
        return match rules.posted {
            true => Err("Account code or ID must be specified".to_owned()),
            false => Ok(None),
        };
    };
    match books.account(code) {
        Some(account) if account.archived => Err(format!(
            "Account code '{code}' has been archived, or has been deleted. \
             Each line item must reference a valid account."
        )),
        // Bank and control accounts are no targets of a line.
        Some(account) if !account.is_bank() && !is_control(account.system_account.as_deref()) => {
            Ok(Some(code.to_owned()))
        }
        _ => Err(format!("Account code '{code}' is not a valid code for this document.")),
    }
}

fn is_control(system_account: Option<&str>) -> bool {
    matches!(system_account, Some("DEBTORS" | "CREDITORS" | "GST"))
}

fn read_tax_type(
    books: &Books,
    rules: LineRules,
    body: &Value,
    account_code: Option<&str>,
) -> Result<Option<String>, String> {
    let Some(tax_type) = filled(body, "TaxType") else {
        return match rules.posted && rules.amounts != LineAmountTypes::NoTax {
            true => Err("TaxType field is mandatory".to_owned()),
            false => Ok(None),
        };
    };
    let account = account_code.and_then(|code| books.account(code));
    let fits = books
        .tax_rate(tax_type)
        .is_some_and(|rate| rate.active && account.is_none_or(|account| rate.fits(account)));
    if !fits {
        return Err(format!(
            "The TaxType code '{tax_type}' does not exist or cannot be used for this type of \
             transaction."
        ));
    }
    Ok(Some(tax_type.to_owned()))
}
