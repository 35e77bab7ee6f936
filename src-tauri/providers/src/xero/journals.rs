//! Journal entries as Xero's manual journals.
//!
//! Never lets Xero find VAT: each line stands at its own amount, and VAT is a line like any other.

use super::CAPABILITIES;
use super::transform::tracked;
use super::wire::{Day, Exact, Message, Tracked};
use crate::document::{ExternalRef, JournalDocument};
use crate::error::ProviderError;
use crate::fitting::cut;
use chrono::{Datelike, NaiveDate};
use finance::money::{Money, MoneyError};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A manual journal (OpenAPI 16.1.0, schema `ManualJournal`).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ManualJournal {
    #[serde(rename = "ManualJournalID", skip_serializing)]
    pub id: String,
    pub narration: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_amount_types: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    pub journal_lines: Vec<ManualJournalLine>,
    #[serde(skip_serializing)]
    pub status_attribute_string: Option<String>,
    #[serde(skip_serializing)]
    pub validation_errors: Vec<Message>,
}

/// A line of it: debits are above nothing, credits below.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ManualJournalLine {
    pub line_amount: Exact,
    #[serde(default)]
    pub account_code: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", skip_deserializing)]
    pub tracking: Vec<Tracked>,
}

impl ManualJournal {
    /// It is in the books.
    pub fn counts(&self) -> bool {
        !matches!(self.status.as_deref(), Some("DELETED" | "VOIDED"))
    }

    /// What its lines are debited with.
    pub fn debited(&self) -> Exact {
        let amounts = self.journal_lines.iter().map(|line| line.line_amount.0);
        Exact(amounts.filter(Decimal::is_sign_positive).sum())
    }
}

/// A journal entry, posted at once.
pub fn journal(document: &JournalDocument) -> Result<ManualJournal, ProviderError> {
    CAPABILITIES.check_currency("CurrencyCode", document.total.currency())?;
    let lines = document.lines.iter().map(|line| {
        Ok(ManualJournalLine {
            line_amount: Exact(line.amount.amount()),
            account_code: line.account.clone(),
            description: Some(cut(&line.description, CAPABILITIES.lengths.description)),
            tracking: tracked(&line.tracking)?.into_iter().collect(),
        })
    });
    Ok(ManualJournal {
        narration: narration(document),
        date: Some(Day(document.date)),
        line_amount_types: Some("NoTax".to_owned()),
        status: Some("POSTED".to_owned()),
        journal_lines: lines.collect::<Result<_, ProviderError>>()?,
        ..ManualJournal::default()
    })
}

fn narration(document: &JournalDocument) -> String {
    format!("{} · {}", document.label, document.reference)
}

/// Whether a journal of theirs bears our machine reference. People may write around it.
pub fn is_ours(theirs: &ManualJournal, ours: &JournalDocument) -> bool {
    theirs.narration.contains(&ours.reference)
}

/// A journal of theirs, which are always in the currency of the books. It tells no total: that is
/// the sum of its debits.
pub fn journal_ref(
    theirs: &ManualJournal,
    ours: &JournalDocument,
) -> Result<ExternalRef, MoneyError> {
    let currency = ours.total.currency();
    Ok(ExternalRef {
        id: theirs.id.clone(),
        number: theirs.narration.clone(),
        url: None,
        gross: match theirs.journal_lines.is_empty() {
            true => None,
            false => Some(Money::exact(theirs.debited().0, currency)?),
        },
        vat: None,
    })
}

/// The filter for the journals of a day.
pub fn dated(day: NaiveDate) -> String {
    format!("Date == DateTime({},{:02},{:02})", day.year(), day.month(), day.day())
}
