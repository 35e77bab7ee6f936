//! Journal entries as QuickBooks' own.
//!
//! Never lets QuickBooks find VAT: each line stands at its own amount, and VAT is a line like any
//! other. Never names a customer: the accounts whose lines demand one are not offered.

use super::CAPABILITIES;
use super::tax::Taxes;
use super::transform::{self, ACCOUNT};
use super::wire::{Exact, Reference};
use crate::document::{EntryLine, ExternalRef, JournalDocument};
use crate::error::ProviderError;
use crate::fitting::{cut, filled};
use chrono::NaiveDate;
use finance::money::{Money, MoneyError};
use serde::{Deserialize, Serialize};

/// A journal entry (Finance.xsd, type `JournalEntry`).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct JournalEntry {
    #[serde(skip_serializing)]
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub txn_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_ref: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_note: Option<String>,
    pub line: Vec<JournalLine>,
    #[serde(skip_serializing_if = "Option::is_none", skip_deserializing)]
    pub global_tax_calculation: Option<&'static str>,
}

/// A line of it. Amounts are above nothing; the side is told beside them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct JournalLine {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Exact>,
    pub detail_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub journal_entry_line_detail: Option<Posting>,
}

/// Where a line is posted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Posting {
    pub posting_type: String,
    pub account_ref: Reference,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_ref: Option<Reference>,
}

impl JournalEntry {
    /// What its lines are debited with, which no field of it tells.
    pub fn debited(&self) -> Exact {
        let is_debit = |line: &&JournalLine| {
            line.journal_entry_line_detail.as_ref().is_some_and(|it| it.posting_type == DEBIT)
        };
        let debits = self.line.iter().filter(is_debit).filter_map(|line| line.amount);
        Exact(debits.map(|Exact(amount)| amount).sum())
    }
}

const DEBIT: &str = "Debit";
const CREDIT: &str = "Credit";

/// A journal entry. Its number is our machine reference, so that it can be asked for; people read
/// day or document in its note. Outside the United States it must say how tax is to be found
/// (developer pages of JournalEntry, `GlobalTaxCalculation`, 2026-11): not at all.
pub fn entry(document: &JournalDocument, taxes: &Taxes) -> Result<JournalEntry, ProviderError> {
    let currency = document.total.currency();
    CAPABILITIES.check_currency("CurrencyRef", currency)?;
    let longest = CAPABILITIES.lengths.document_number;
    let number = CAPABILITIES.fitting("DocNumber", &document.reference, longest)?;
    let is_us = matches!(taxes, Taxes::UnitedStates);
    Ok(JournalEntry {
        doc_number: Some(number),
        txn_date: Some(document.date),
        currency_ref: Some(Reference::to(currency.code())),
        private_note: Some(transform::note(&format!(
            "{} · {}",
            document.label, document.reference
        ))?),
        line: document.lines.iter().map(line).collect::<Result<_, _>>()?,
        global_tax_calculation: (!is_us).then_some("NotApplicable"),
        ..JournalEntry::default()
    })
}

fn line(ours: &EntryLine) -> Result<JournalLine, ProviderError> {
    let account = ours.account.strip_prefix(ACCOUNT);
    let account = account.ok_or_else(|| transform::not_of(&ours.account, "an account"))?;
    let posting = Posting {
        posting_type: if ours.amount.is_negative() { CREDIT } else { DEBIT }.to_owned(),
        account_ref: Reference::to(account),
        class_ref: filled(ours.tracking.clone()).as_deref().map(Reference::to),
    };
    Ok(JournalLine {
        description: Some(cut(&ours.description, CAPABILITIES.lengths.description)),
        amount: Some(Exact(ours.amount.amount().abs())),
        detail_type: "JournalEntryLineDetail".to_owned(),
        journal_entry_line_detail: Some(posting),
    })
}

/// Whether an entry of theirs is this one of ours: by its number, or by its note where somebody
/// numbered it anew.
pub fn is_ours(theirs: &JournalEntry, ours: &JournalDocument) -> bool {
    theirs.doc_number.as_ref() == Some(&ours.reference)
        || transform::carries(theirs.private_note.as_deref(), &ours.reference)
}

/// An entry of theirs. Its total is the sum of its debits.
pub fn entry_ref(theirs: &JournalEntry, ours: &JournalDocument) -> Result<ExternalRef, MoneyError> {
    let currency = transform::currency(theirs.currency_ref.as_ref(), ours.total.currency())?;
    Ok(ExternalRef {
        id: theirs.id.clone(),
        number: theirs.private_note.clone().unwrap_or_default(),
        url: Some(format!("https://app.qbo.intuit.com/app/journal?txnId={}", theirs.id)),
        gross: match theirs.line.is_empty() {
            true => None,
            false => Some(Money::exact(theirs.debited().0, currency)?),
        },
        vat: None,
    })
}
