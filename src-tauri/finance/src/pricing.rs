//! How the sums of a document are found.
//!
//! Never drops a minor unit: what rounding leaves over goes to the largest remainders.

use crate::discount::{self, DocumentDiscount};
use crate::line::{LineItem, LineRejection, PricedLine, Totals, VatSum};
use crate::money::{Currency, Money, MoneyError};
use crate::tax::{PriceBasis, TaxCode, VatCategory};
use rust_decimal::Decimal;

/// The most lines one document may have.
pub const MAX_LINES: usize = 1_000;

/// Prices a document: lines, VAT per code and totals that agree to the minor unit.
///
/// # Errors
/// [`LineRejection`] for the first line that breaks a rule.
pub fn price(
    items: Vec<LineItem>,
    basis: PriceBasis,
    currency: Currency,
) -> Result<Totals, LineRejection> {
    price_discounted(items, None, basis, currency)
}

/// Prices a document with a discount on the whole of it: VAT is found on what is left.
///
/// # Errors
/// [`LineRejection`] for the first line that breaks a rule, or for the discount.
pub fn price_discounted(
    items: Vec<LineItem>,
    discount: Option<DocumentDiscount>,
    basis: PriceBasis,
    currency: Currency,
) -> Result<Totals, LineRejection> {
    if items.is_empty() || items.len() > MAX_LINES {
        return Err(LineRejection::LineCount);
    }
    let mut amounts = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        amounts.push(line_amount(item, currency, index + 1)?);
    }
    let groups = group_by_code(&items);
    let has_out_of_scope = items.iter().any(|item| item.tax.category == VatCategory::O);
    if has_out_of_scope && groups.len() > 1 {
        return Err(LineRejection::OutOfScopeNotAlone);
    }
    let too_large = |_: MoneyError| LineRejection::TooLarge { line: items.len() };
    let discounts = match discount {
        Some(discount) => discount::per_line(discount, &items, &amounts, &groups, currency)?,
        None => vec![Money::zero(currency); items.len()],
    };
    for (amount, discount) in amounts.iter_mut().zip(&discounts) {
        *amount = amount.minus(*discount).map_err(too_large)?;
    }
    let mut lines: Vec<Option<PricedLine>> = vec![None; items.len()];
    let mut by_code = Vec::with_capacity(groups.len());
    for members in groups {
        let sum = vat_sum(&items, &amounts, &members, basis, currency).map_err(too_large)?;
        let exact: Vec<Decimal> =
            members.iter().map(|i| exact_vat(amounts[*i], rate(&sum.tax), basis)).collect();
        let vats = spread(sum.vat, &exact).map_err(too_large)?;
        for (member, vat) in members.iter().zip(vats) {
            let mut line =
                priced(&items[*member], amounts[*member], vat, basis).map_err(too_large)?;
            line.discount = Some(discounts[*member]).filter(|amount| !amount.is_zero());
            lines[*member] = Some(line);
        }
        by_code.push(sum);
    }
    let lines: Vec<PricedLine> = lines.into_iter().flatten().collect();
    sums(lines, by_code, currency).map_err(too_large)
}

/// Adds up a document whose lines and VAT sums are known.
///
/// # Errors
/// [`MoneyError`] where a sum does not fit or currencies mix.
pub(crate) fn sums(
    lines: Vec<PricedLine>,
    by_code: Vec<VatSum>,
    currency: Currency,
) -> Result<Totals, MoneyError> {
    Ok(Totals {
        net: Money::sum(currency, by_code.iter().map(|sum| sum.net))?,
        vat: Money::sum(currency, by_code.iter().map(|sum| sum.vat))?,
        gross: Money::sum(currency, by_code.iter().map(|sum| sum.gross))?,
        lines,
        by_code,
    })
}

/// Quantity times price less discount, rounded once: the amount the customer was told.
fn line_amount(item: &LineItem, currency: Currency, line: usize) -> Result<Money, LineRejection> {
    if item.description.trim().is_empty() {
        return Err(LineRejection::NoDescription { line });
    }
    let amount = amount((item.quantity, item.unit_price, item.discount_percent), currency, line)?;
    let rate_fits = item.tax.rate >= Decimal::ZERO && item.tax.rate <= Decimal::ONE_HUNDRED;
    if !rate_fits {
        return Err(LineRejection::VatRateOutOfRange { line, code: item.tax.code.clone() });
    }
    let unexplained = item.tax.reason.as_deref().is_none_or(|reason| reason.trim().is_empty());
    if matches!(item.tax.category, VatCategory::E | VatCategory::O) && unexplained {
        return Err(LineRejection::NoExemptionReason { line, code: item.tax.code.clone() });
    }
    Ok(amount)
}

/// Quantity times unit price less discount percent, rounded once. `line` counts from 1.
///
/// # Errors
/// [`LineRejection`] where one of the numbers leaves its bounds.
pub(crate) fn amount(
    (quantity, unit_price, discount_percent): (Decimal, Decimal, Decimal),
    currency: Currency,
    line: usize,
) -> Result<Money, LineRejection> {
    if quantity <= Decimal::ZERO || quantity > Decimal::from(1_000_000) {
        return Err(LineRejection::QuantityOutOfRange { line });
    }
    if discount_percent < Decimal::ZERO || discount_percent > Decimal::ONE_HUNDRED {
        return Err(LineRejection::DiscountOutOfRange { line });
    }
    let decimals = |value: Decimal| value.normalize().scale();
    if decimals(quantity) > 4 || decimals(unit_price) > 4 || decimals(discount_percent) > 2 {
        return Err(LineRejection::TooManyDecimals { line });
    }
    let kept = (Decimal::ONE_HUNDRED - discount_percent) / Decimal::ONE_HUNDRED;
    quantity
        .checked_mul(unit_price)
        .and_then(|amount| amount.checked_mul(kept))
        .and_then(|amount| Money::rounded(amount, currency).ok())
        .filter(|amount| amount.minor().unsigned_abs() <= MAX_LINE_MINOR)
        .ok_or(LineRejection::TooLarge { line })
}

/// A thousand lines of this size still fit a 64-bit sum with a wide margin.
const MAX_LINE_MINOR: u64 = 100_000_000_000_000;

/// Indexes of the lines of each VAT code, in the order of first use.
fn group_by_code(items: &[LineItem]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match groups.iter_mut().find(|group| items[group[0]].tax == item.tax) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    groups
}

fn vat_sum(
    items: &[LineItem],
    amounts: &[Money],
    members: &[usize],
    basis: PriceBasis,
    currency: Currency,
) -> Result<VatSum, MoneyError> {
    let tax = items[members[0]].tax.clone();
    let amount = Money::sum(currency, members.iter().map(|i| amounts[*i]))?;
    let rate = rate(&tax);
    let (net, gross) = match basis {
        PriceBasis::Gross => {
            (Money::rounded(amount.amount() / (Decimal::ONE + rate), currency)?, amount)
        }
        PriceBasis::Net => {
            (amount, amount.plus(Money::rounded(amount.amount() * rate, currency)?)?)
        }
    };
    Ok(VatSum { tax, net, vat: gross.minus(net)?, gross })
}

/// The rate as a factor. Only the standard category has one, whatever its entry says.
fn rate(tax: &TaxCode) -> Decimal {
    match tax.category {
        VatCategory::S => tax.rate / Decimal::ONE_HUNDRED,
        VatCategory::Z | VatCategory::E | VatCategory::O | VatCategory::AE => Decimal::ZERO,
    }
}

/// The VAT an amount bears, before rounding.
fn exact_vat(amount: Money, rate: Decimal, basis: PriceBasis) -> Decimal {
    match basis {
        PriceBasis::Gross => amount.amount() - amount.amount() / (Decimal::ONE + rate),
        PriceBasis::Net => amount.amount() * rate,
    }
}

/// Spreads the VAT of one code over its lines: each gets what its own amount bears, rounded down,
/// and the minor units left go to the largest remainders. In proportion to the *sum* a discount
/// line that almost cancels the others would blow the rounding of the sum up many times.
fn spread(vat: Money, exact: &[Decimal]) -> Result<Vec<Money>, MoneyError> {
    let currency = vat.currency();
    let unit = Decimal::new(1, currency.decimals());
    let mut parts = Vec::with_capacity(exact.len());
    let mut remainders = Vec::with_capacity(exact.len());
    for (index, share) in exact.iter().enumerate() {
        let down = share.round_dp_with_strategy(
            currency.decimals(),
            rust_decimal::RoundingStrategy::ToNegativeInfinity,
        );
        parts.push(Money::exact(down, currency)?);
        remainders.push((*share - down, index));
    }
    let left = vat.minus(Money::sum(currency, parts.iter().copied())?)?;
    let count = usize::try_from(left.minor()).map_err(|_| MoneyError::TooLarge)?;
    remainders.sort_by_key(|(remainder, index)| (std::cmp::Reverse(*remainder), *index));
    for (_, index) in remainders.into_iter().take(count) {
        parts[index] = parts[index].plus(Money::exact(unit, currency)?)?;
    }
    Ok(parts)
}

fn priced(
    item: &LineItem,
    amount: Money,
    vat: Money,
    basis: PriceBasis,
) -> Result<PricedLine, MoneyError> {
    let (net, gross) = match basis {
        PriceBasis::Gross => (amount.minus(vat)?, amount),
        PriceBasis::Net => (amount, amount.plus(vat)?),
    };
    Ok(PricedLine { item: item.clone(), discount: None, net, vat, gross })
}
