//! Which of theirs one of ours probably is, why, and whether it is sure enough to be taken unseen.
//!
//! Never suggests what may not be chosen, and nothing where two are equally good.

use super::fits;
use super::rows::Ours;
use super::similar::{likeness_per_mille, normalised};
use super::words::{self, Says};
use crate::wire::mapping::MappingSuggestion;
use finance::catalogue::ServiceKind;
use finance::mapping::MappedKind;
use finance::tax::VatCategory;
use rust_decimal::Decimal;
use store::exports::RemoteRow;

/// From this likeness on, two names are taken for the same with other spelling.
const ALIKE_PER_MILLE: u32 = 920;

/// The best guess, if there is one. `rates` are their tax codes: what an account is taxed with by
/// default tells what is sold on it.
pub fn suggest(
    ours: &Ours,
    theirs: &[RemoteRow],
    rates: &[RemoteRow],
) -> Option<MappingSuggestion> {
    let choices: Vec<&RemoteRow> = theirs.iter().filter(|row| may_be(ours, row)).collect();
    let guesses = [
        ("same_code", true, same_code(ours, &choices)),
        ("same_name", true, same_name(ours, &choices)),
        ("same_rate", true, same_rate(ours, &choices)),
        ("same_use", true, same_use(ours, &choices, rates)),
        ("similar_name", false, similar_name(ours, &choices)),
        ("only_choice", false, only_choice(ours, &choices)),
    ];
    guesses.into_iter().find_map(|(because, is_sure, guess)| {
        guess.map(|row| MappingSuggestion {
            remote_code: row.code.clone(),
            remote_name: row.name.clone(),
            because: because.to_owned(),
            is_sure,
        })
    })
}

/// A debt is suggested only for what is passed on for the student.
fn may_be(ours: &Ours, theirs: &RemoteRow) -> bool {
    let debt = theirs.class == "liability";
    let is_ledger = ours.kind == MappedKind::LedgerAccount;
    theirs.active && fits(ours.kind, theirs) && (!debt || is_ledger || is_passed_on(ours))
}

fn is_passed_on(ours: &Ours) -> bool {
    ours.hint.sold == Some(ServiceKind::PassThrough)
}

/// A rate that is not ours is never the same VAT, whatever it is called.
fn has_our_rate(ours: &Ours, theirs: &RemoteRow) -> bool {
    ours.kind != MappedKind::TaxCode
        || ours.hint.vat.is_none_or(|(_, rate)| theirs.rate == Some(rate))
}

fn only<'a>(mut rows: impl Iterator<Item = &'a RemoteRow>) -> Option<&'a RemoteRow> {
    let first = rows.next()?;
    rows.next().is_none().then_some(first)
}

/// One choice for many departments or accounts is no answer: it would be the only one of each.
fn only_choice<'a>(ours: &Ours, choices: &[&'a RemoteRow]) -> Option<&'a RemoteRow> {
    let usable = choices.iter().copied().filter(|row| has_our_rate(ours, row));
    let many =
        !matches!(ours.kind, MappedKind::Service | MappedKind::TaxCode | MappedKind::PaymentMethod);
    only(usable).filter(|_| !many)
}

fn same_code<'a>(ours: &Ours, choices: &[&'a RemoteRow]) -> Option<&'a RemoteRow> {
    let wanted = match ours.kind {
        MappedKind::TaxCode => &ours.code,
        MappedKind::Service
        | MappedKind::PaymentMethod
        | MappedKind::Department
        | MappedKind::Customer
        | MappedKind::Currency
        | MappedKind::CustomField
        | MappedKind::LedgerAccount => &ours.hint.account,
    };
    let same = |row: &&&RemoteRow| row.code.eq_ignore_ascii_case(wanted) && has_our_rate(ours, row);
    choices.iter().find(same).copied().filter(|_| !wanted.is_empty())
}

fn same_name<'a>(ours: &Ours, choices: &[&'a RemoteRow]) -> Option<&'a RemoteRow> {
    let name = normalised(&ours.label);
    let same = |row: &&RemoteRow| normalised(&row.name) == name && has_our_rate(ours, row);
    only(choices.iter().copied().filter(same)).filter(|_| !name.is_empty())
}

/// The rate at home, on sales, for the same reason. Rates for trade across a border and for VAT
/// that the buyer owes are others, though their percent may be the same.
fn same_rate<'a>(ours: &Ours, choices: &[&'a RemoteRow]) -> Option<&'a RemoteRow> {
    let (category, _) = ours.hint.vat.filter(|_| ours.kind == MappedKind::TaxCode)?;
    let at_home = |row: &&RemoteRow| {
        let says = Says::of(row);
        has_our_rate(ours, row) && !says.any(words::ABROAD) && !says.any(words::BUYER_OWES)
    };
    let equal: Vec<&RemoteRow> = choices.iter().copied().filter(at_home).collect();
    // Nothing charged has many reasons: what the rate is called tells them apart.
    match words::of_category(category) {
        [] => only(equal.into_iter()),
        wanted => only(equal.iter().copied().filter(|row| Says::of(row).any(wanted)))
            .or_else(|| only(equal.into_iter()).filter(|row| !speaks_otherwise(row, category))),
    }
}

/// What it is called tells another reason for charging nothing.
fn speaks_otherwise(row: &RemoteRow, category: VatCategory) -> bool {
    let says = Says::of(row);
    let others = [VatCategory::Z, VatCategory::E, VatCategory::O];
    others.into_iter().any(|it| it != category && says.any(words::of_category(it)))
}

/// The account that a bookkeeper keeps for such a thing: of all that may hold it, the one that
/// says most closely that it does.
fn same_use<'a>(
    ours: &Ours,
    choices: &[&'a RemoteRow],
    rates: &[RemoteRow],
) -> Option<&'a RemoteRow> {
    let weighed = choices.iter().copied().filter_map(|row| {
        let weight = match ours.kind {
            MappedKind::Service => sold_there(ours, row, rates),
            MappedKind::PaymentMethod => paid_there(ours, row),
            MappedKind::TaxCode
            | MappedKind::Department
            | MappedKind::Customer
            | MappedKind::Currency
            | MappedKind::CustomField
            | MappedKind::LedgerAccount => None,
        };
        weight.map(|weight| (weight, row))
    });
    let weighed: Vec<(u32, &RemoteRow)> = weighed.collect();
    let best = weighed.iter().map(|(weight, _)| *weight).max()?;
    only(weighed.iter().filter(|(weight, _)| *weight == best).map(|(_, row)| *row))
}

/// How closely an account of theirs is for what is sold; nothing where it is for something else.
fn sold_there(ours: &Ours, row: &RemoteRow, rates: &[RemoteRow]) -> Option<u32> {
    let says = Says::of(row);
    if is_passed_on(ours) {
        return says.any(words::PASSED_ON).then_some(1);
    }
    let no_sale = [words::NO_SALE, words::ABROAD, words::BUYER_OWES, words::PASSED_ON];
    if no_sale.iter().any(|list| says.any(list)) || !is_taxed_as(ours, row, rates) {
        return None;
    }
    let (own, other) = match ours.hint.sold? {
        ServiceKind::Material => (words::GOODS, words::SERVICES),
        ServiceKind::Lesson | ServiceKind::Package | ServiceKind::Fee => {
            (words::SERVICES, words::GOODS)
        }
        ServiceKind::PassThrough => return None,
    };
    match (says.any(own), says.any(other)) {
        (true, false) => Some(3),
        (false, false) if says.any(words::SALES) => Some(2),
        (true, true) => Some(2),
        _ => None,
    }
}

/// Whether the VAT that an account speaks of, or carries by default, is that of the service.
fn is_taxed_as(ours: &Ours, row: &RemoteRow, rates: &[RemoteRow]) -> bool {
    let Some((category, rate)) = ours.hint.vat else { return true };
    let says = Says::of(row);
    if let Some(said) = words::percent_in(&row.name) {
        return said == rate;
    }
    let free = words::FREE.iter().chain(words::of_category(VatCategory::E));
    let speaks_free = free.copied().any(|word| says.has(word));
    let default = row.default_tax_code.as_ref();
    let default = default.and_then(|code| rates.iter().find(|it| it.code == *code));
    match (rate.is_zero(), speaks_free) {
        (false, true) => false,
        (true, true) => !speaks_otherwise_than(row, category),
        // An account for everything may be taxed line by line: its rate is only a proposal.
        (true, false) => default.is_none_or(|it| it.rate == Some(Decimal::ZERO)),
        (false, false) => default.is_none_or(|it| it.rate == Some(rate)),
    }
}

fn speaks_otherwise_than(row: &RemoteRow, category: VatCategory) -> bool {
    let says = Says::of(row);
    !says.any(words::of_category(category)) && speaks_otherwise(row, category)
}

/// How closely a bank or clearing account is for a way to pay.
fn paid_there(ours: &Ours, row: &RemoteRow) -> Option<u32> {
    let says = Says::of(row);
    if says.any(words::NO_TAKINGS) {
        return None;
    }
    let text = normalised(&format!("{} {}", ours.code, ours.label));
    let way = words::WAYS.iter().find(|way| way.ours.iter().any(|word| words::has(&text, word)))?;
    let mut others = words::WAYS.iter().filter(|other| !std::ptr::eq(*other, way));
    let is_other = others.any(|other| other.is_strong && says.any(other.theirs));
    (says.any(way.theirs) && (way.is_strong || !is_other)).then_some(1)
}

fn similar_name<'a>(ours: &Ours, choices: &[&'a RemoteRow]) -> Option<&'a RemoteRow> {
    let name = normalised(&ours.label);
    let likeness = |row: &RemoteRow| likeness_per_mille(&name, &normalised(&row.name));
    let alike = choices.iter().copied().filter(|row| has_our_rate(ours, row));
    let alike: Vec<(u32, &RemoteRow)> = alike
        .map(|row| (likeness(row), row))
        .filter(|(likeness, _)| *likeness >= ALIKE_PER_MILLE)
        .collect();
    let best = alike.iter().map(|(likeness, _)| *likeness).max()?;
    only(alike.iter().filter(|(likeness, _)| *likeness == best).map(|(_, row)| *row))
}

#[cfg(test)]
mod tests;
