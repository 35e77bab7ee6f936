//! Which of theirs one of ours probably is, and why.
//!
//! Never suggests what may not be chosen, and nothing where two are equally good.

use super::fits;
use super::rows::Ours;
use super::similar::{likeness_per_mille, normalised};
use crate::wire::mapping::MappingSuggestion;
use finance::mapping::MappedKind;
use finance::tax::VatCategory;
use store::exports::RemoteRow;

/// From this likeness on, two names are taken for the same with other spelling.
const ALIKE_PER_MILLE: u32 = 920;

/// The best guess, if there is one.
pub fn suggest(ours: &Ours, theirs: &[RemoteRow]) -> Option<MappingSuggestion> {
    let choices: Vec<&RemoteRow> = theirs.iter().filter(|row| may_be(ours, row)).collect();
    let guesses = [
        ("same_code", same_code(ours, &choices)),
        ("same_name", same_name(ours, &choices)),
        ("same_rate", same_rate(ours, &choices)),
        ("similar_name", similar_name(ours, &choices)),
        ("only_choice", only_choice(ours, &choices)),
    ];
    guesses.into_iter().find_map(|(because, guess)| {
        guess.map(|row| MappingSuggestion {
            remote_code: row.code.clone(),
            remote_name: row.name.clone(),
            because: because.to_owned(),
        })
    })
}

/// A debt is suggested only for what is passed on for the student.
fn may_be(ours: &Ours, theirs: &RemoteRow) -> bool {
    let debt = theirs.class == "liability";
    theirs.active && fits(ours.kind, theirs) && (!debt || ours.hint.passed_on)
}

/// A rate that is not ours is never the same VAT, whatever it is called.
fn has_our_rate(ours: &Ours, theirs: &RemoteRow) -> bool {
    ours.hint.vat.is_none_or(|(_, rate)| theirs.rate == Some(rate))
}

fn only<'a>(mut rows: impl Iterator<Item = &'a RemoteRow>) -> Option<&'a RemoteRow> {
    let first = rows.next()?;
    rows.next().is_none().then_some(first)
}

/// One option of many departments is no answer: each of them would be the only choice.
fn only_choice<'a>(ours: &Ours, choices: &[&'a RemoteRow]) -> Option<&'a RemoteRow> {
    let usable = choices.iter().copied().filter(|row| has_our_rate(ours, row));
    only(usable).filter(|_| ours.kind != MappedKind::Department)
}

fn same_code<'a>(ours: &Ours, choices: &[&'a RemoteRow]) -> Option<&'a RemoteRow> {
    let wanted = match ours.kind {
        MappedKind::TaxCode => &ours.code,
        MappedKind::Service | MappedKind::PaymentMethod | MappedKind::Department => {
            &ours.hint.account
        }
    };
    let same = |row: &&&RemoteRow| row.code.eq_ignore_ascii_case(wanted) && has_our_rate(ours, row);
    choices.iter().find(same).copied().filter(|_| !wanted.is_empty())
}

fn same_name<'a>(ours: &Ours, choices: &[&'a RemoteRow]) -> Option<&'a RemoteRow> {
    let name = normalised(&ours.label);
    let same = |row: &&RemoteRow| normalised(&row.name) == name && has_our_rate(ours, row);
    only(choices.iter().copied().filter(same)).filter(|_| !name.is_empty())
}

fn same_rate<'a>(ours: &Ours, choices: &[&'a RemoteRow]) -> Option<&'a RemoteRow> {
    let (category, _) = ours.hint.vat?;
    let equal = || choices.iter().copied().filter(|row| has_our_rate(ours, row));
    // Nothing charged has many reasons: what the rate is called tells them apart.
    match words(category) {
        [] => only(equal()),
        words => only(equal().filter(|row| says(row, words))),
    }
}

/// Words by which accounting systems call a rate of nothing, by its reason (Xero's own tax types
/// and the Norwegian terms of Skatteetaten).
const fn words(category: VatCategory) -> &'static [&'static str] {
    match category {
        VatCategory::S | VatCategory::AE => &[],
        VatCategory::Z => &["zero", "avgiftsfri", "fritatt", "nullsats"],
        VatCategory::E => &["exempt", "unntatt", "utenfor avgiftsområdet", "steuerfrei"],
        VatCategory::O => &["no vat", "none", "ingen", "utenfor", "out of scope", "outside"],
    }
}

fn says(row: &RemoteRow, words: &[&str]) -> bool {
    let text = format!("{} {}", row.code.to_lowercase(), normalised(&row.name));
    words.iter().any(|word| text.contains(word))
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
