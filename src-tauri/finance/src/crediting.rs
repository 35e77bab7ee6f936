//! How an invoice is taken back without losing a minor unit of net or VAT.
//!
//! Never recomputes VAT from a rate: parts are taken from what the invoice charged.

use crate::credit_note::{CreditNote, CreditOrder, CreditRejection, CreditedLine};
use crate::exchange::{self, BaseSums, Conversion};
use crate::invoice::Invoice;
use crate::line::{PricedLine, Totals, VatSum};
use crate::money::{Money, MoneyError};
use crate::pricing;
use std::collections::BTreeSet;

/// Net, VAT and gross left of one line.
struct Left {
    vat: Money,
    gross: Money,
}

pub(crate) fn creditable(invoice: &Invoice, earlier: &[CreditNote]) -> Vec<CreditedLine> {
    (0..invoice.totals.lines.len())
        .map(|line| CreditedLine { line, gross: left(invoice, earlier, line).gross })
        .collect()
}

pub(crate) fn credit(
    invoice: &Invoice,
    order: CreditOrder,
    earlier: &[CreditNote],
) -> Result<CreditNote, CreditRejection> {
    if order.issue_date < invoice.issue_date {
        return Err(CreditRejection::BeforeInvoice);
    }
    if order.reason.trim().is_empty() {
        return Err(CreditRejection::NoReason);
    }
    if order.lines.is_empty() {
        return Err(CreditRejection::NothingChosen);
    }
    let mut seen = BTreeSet::new();
    let mut lines = Vec::with_capacity(order.lines.len());
    for chosen in &order.lines {
        if chosen.line >= invoice.totals.lines.len() || !seen.insert(chosen.line) {
            return Err(CreditRejection::UnknownLine { line: chosen.line.saturating_add(1) });
        }
        lines.push(credited_line(invoice, earlier, chosen)?);
    }
    let currency = invoice.totals.gross.currency();
    let unfit = |_: MoneyError| CreditRejection::NotPositive { line: 1 };
    let by_code = sums_by_code(&lines).map_err(unfit)?;
    let totals = pricing::sums(lines, by_code, currency).map_err(unfit)?;
    check_sum(invoice, earlier, &order.lines, totals.gross)?;
    let conversion = conversion(invoice, earlier, &order.lines, &totals).map_err(unfit)?;
    Ok(CreditNote {
        id: order.id,
        school_id: invoice.school_id,
        department_id: invoice.department_id,
        student_id: invoice.student_id,
        invoice_id: invoice.id,
        invoice_number: invoice.number.text.clone(),
        number: order.number,
        seller: invoice.seller.clone(),
        person: invoice.person.clone(),
        payer: invoice.payer.clone(),
        issue_date: order.issue_date,
        totals,
        conversion,
        invoice_lines: order.lines.iter().map(|chosen| chosen.line).collect(),
        reason: order.reason,
        opening: invoice.opening.is_some(),
    })
}

/// Lines of both signs: no credit note charges money, and all of them together never give back
/// more than the invoice asked for, so a discount line is taken back no later than what it cuts.
fn check_sum(
    invoice: &Invoice,
    earlier: &[CreditNote],
    chosen: &[CreditedLine],
    gross: Money,
) -> Result<(), CreditRejection> {
    let line = chosen.first().map_or(1, |chosen| chosen.line + 1);
    let open = creditable(invoice, earlier).into_iter().map(|line| line.gross);
    let left = Money::sum(gross.currency(), open);
    let left = left.map_err(|_| CreditRejection::NotPositive { line })?;
    if gross.is_negative() {
        return Err(CreditRejection::NotPositive { line });
    }
    if gross.minor() > left.minor() {
        return Err(CreditRejection::MoreThanLeft { line, left });
    }
    Ok(())
}

fn left(invoice: &Invoice, earlier: &[CreditNote], line: usize) -> Left {
    let charged = &invoice.totals.lines[line];
    let mut left = Left { vat: charged.vat, gross: charged.gross };
    for note in earlier {
        for (place, credited) in note.invoice_lines.iter().zip(&note.totals.lines) {
            if *place == line {
                left.vat = left.vat.minus(credited.vat).unwrap_or(left.vat);
                left.gross = left.gross.minus(credited.gross).unwrap_or(left.gross);
            }
        }
    }
    left
}

/// Takes `chosen.gross` of a line. Its VAT is the difference between the line's VAT share before
/// and after, so parts always add up to the whole. A discount line (below nothing) is taken back
/// by a negative amount of at most its own size.
fn credited_line(
    invoice: &Invoice,
    earlier: &[CreditNote],
    chosen: &CreditedLine,
) -> Result<PricedLine, CreditRejection> {
    let line = chosen.line + 1;
    let charged = &invoice.totals.lines[chosen.line];
    let left = left(invoice, earlier, chosen.line);
    let same_sign = chosen.gross.minor().signum() == charged.gross.minor().signum();
    if chosen.gross.is_zero() || !same_sign || chosen.gross.currency() != charged.gross.currency() {
        return Err(CreditRejection::NotPositive { line });
    }
    if chosen.gross.minor().unsigned_abs() > left.gross.minor().unsigned_abs() {
        return Err(CreditRejection::MoreThanLeft { line, left: left.gross });
    }
    let vat = if chosen.gross == left.gross {
        left.vat
    } else {
        let rest = left.gross.minor() - chosen.gross.minor();
        let parts = left.vat.split(&[chosen.gross.minor().abs(), rest.abs()]);
        parts.map_err(|_| CreditRejection::NotPositive { line })?[0]
    };
    let net = chosen.gross.minus(vat).map_err(|_| CreditRejection::NotPositive { line })?;
    Ok(PricedLine { item: charged.item.clone(), discount: None, net, vat, gross: chosen.gross })
}

fn sums_by_code(lines: &[PricedLine]) -> Result<Vec<VatSum>, MoneyError> {
    let mut sums: Vec<VatSum> = Vec::new();
    for line in lines {
        match sums.iter_mut().find(|sum| sum.tax == line.item.tax) {
            Some(sum) => {
                sum.net = sum.net.plus(line.net)?;
                sum.vat = sum.vat.plus(line.vat)?;
                sum.gross = sum.gross.plus(line.gross)?;
            }
            None => sums.push(VatSum {
                tax: line.item.tax.clone(),
                net: line.net,
                vat: line.vat,
                gross: line.gross,
            }),
        }
    }
    Ok(sums)
}

/// What the credited lines are worth: all that is left of a line for all of it, else in proportion,
/// so that the credit notes of an invoice together are worth what it is.
fn conversion(
    invoice: &Invoice,
    earlier: &[CreditNote],
    chosen: &[CreditedLine],
    totals: &Totals,
) -> Result<Option<Box<Conversion>>, MoneyError> {
    let Some(charged) = &invoice.conversion else { return Ok(None) };
    let mut lines = Vec::with_capacity(chosen.len());
    for (wanted, credited) in chosen.iter().zip(&totals.lines) {
        let own = left(invoice, earlier, wanted.line);
        let base = base_left(charged, earlier, wanted.line)?;
        let part = |all: Money, taken: Money, left: Money| {
            let rest = left.minus(taken)?;
            if rest.is_zero() {
                return Ok(all);
            }
            Ok(all.split(&[taken.minor().abs(), rest.minor().abs()])?[0])
        };
        let gross = part(base.gross, credited.gross, own.gross)?;
        let vat = part(base.vat, credited.vat, own.vat)?;
        lines.push(BaseSums { net: gross.minus(vat)?, vat, gross });
    }
    let groups = exchange::groups(&totals.lines, &totals.by_code);
    Conversion::of_lines(charged.rate, lines, &groups).map(|all| Some(Box::new(all)))
}

/// What is left of a line's worth.
fn base_left(
    charged: &Conversion,
    earlier: &[CreditNote],
    line: usize,
) -> Result<BaseSums, MoneyError> {
    let mut left = charged.lines[line];
    for note in earlier {
        let taken = note.conversion.as_ref().map_or(&[][..], |taken| &taken.lines);
        for (_, taken) in note.invoice_lines.iter().zip(taken).filter(|(place, _)| **place == line)
        {
            left.vat = left.vat.minus(taken.vat)?;
            left.gross = left.gross.minus(taken.gross)?;
            left.net = left.gross.minus(left.vat)?;
        }
    }
    Ok(left)
}

/// What of a line's own amount comes to an amount in the currency of the books, out of what earlier
/// credit notes left of both: all of the one for all of the other, else its share, rounded.
pub(crate) fn own_part(
    invoice: &Invoice,
    earlier: &[CreditNote],
    line: usize,
    base: Money,
) -> Result<Money, MoneyError> {
    let Some(charged) = &invoice.conversion else { return Ok(base) };
    if line >= invoice.totals.lines.len() || line >= charged.lines.len() {
        return Err(MoneyError::TooLarge);
    }
    // The other way round than a settlement: the worth is given, and the own amount is wanted.
    let worth = base_left(charged, earlier, line)?.gross;
    let left = exchange::Left { own: worth, base: left(invoice, earlier, line).gross };
    left.take(base)
}
