//! Journal entries as Sage's journals.
//!
//! Never lets Sage find VAT, and puts no line on its tax return: VAT is a line like any other.

use super::CAPABILITIES;
use super::push::{self, Sending, carries};
use super::wire::Exact;
use crate::adapter::ItemOutcome;
use crate::document::{DocumentKind, EntryLine, ExternalRef, JournalDocument};
use crate::error::{ProviderError, ReferenceKind};
use crate::fitting::cut;
use chrono::NaiveDate;
use finance::money::{Money, MoneyError};
use reqwest::Method;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What the code of an account begins with where journal entries name it. The same account may be
/// offered for sales too, under its id alone.
pub const LEDGER: &str = "ledger:";

/// Longest reference and description (`maxLength` of Journal in the description).
const REFERENCE_CHARS: usize = 255;
const DESCRIPTION_CHARS: usize = 200;

/// A journal, to be made.
#[derive(Clone, Debug, Serialize)]
pub struct JournalBody {
    pub date: NaiveDate,
    pub reference: String,
    pub description: String,
    pub journal_lines: Vec<JournalLineBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency_id: Option<String>,
}

/// A line of it; of the two amounts one is nothing.
#[derive(Clone, Debug, Serialize)]
pub struct JournalLineBody {
    pub ledger_account_id: String,
    pub debit: Exact,
    pub credit: Exact,
    pub details: String,
    pub include_on_tax_return: bool,
}

/// A journal.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Journal {
    pub id: String,
    pub reference: Option<String>,
    pub description: Option<String>,
    pub date: Option<NaiveDate>,
    pub total: Option<Exact>,
    pub deleted_at: Option<String>,
    pub journal_lines: Option<Vec<JournalLine>>,
}

/// A line of a journal.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct JournalLine {
    pub debit: Option<Exact>,
}

/// A journal entry. Its reference is our machine reference; day or document stands beside it.
pub fn journal(
    document: &JournalDocument,
    key: Option<String>,
) -> Result<JournalBody, ProviderError> {
    CAPABILITIES.check_currency("currency", document.total.currency())?;
    Ok(JournalBody {
        date: document.date,
        reference: CAPABILITIES.fitting("reference", &document.reference, REFERENCE_CHARS)?,
        description: cut(&document.label, DESCRIPTION_CHARS),
        journal_lines: document.lines.iter().map(line).collect::<Result<_, _>>()?,
        idempotency_id: key,
    })
}

fn line(ours: &EntryLine) -> Result<JournalLineBody, ProviderError> {
    let account = ours.account.strip_prefix(LEDGER).ok_or_else(|| not_of(&ours.account))?;
    let amount = ours.amount.amount();
    let side = |is_this: bool| Exact(if is_this { amount.abs() } else { Decimal::ZERO });
    Ok(JournalLineBody {
        ledger_account_id: account.to_owned(),
        debit: side(!ours.amount.is_negative()),
        credit: side(ours.amount.is_negative()),
        details: cut(&ours.description, CAPABILITIES.lengths.description),
        include_on_tax_return: false,
    })
}

fn not_of(code: &str) -> ProviderError {
    ProviderError::MissingReference {
        kind: ReferenceKind::Account,
        name: code.to_owned(),
        text: format!("{code} does not name an account that journals take"),
    }
}

/// Sends one entry; it is in the accounts at once.
pub async fn send(
    sending: &mut Sending<'_>,
    document: &JournalDocument,
    key: Option<String>,
) -> ItemOutcome {
    let kind = DocumentKind::Journal;
    let body = push::wrapped(kind, &journal(document, key)?)?;
    let made: Journal = sending.write(kind, Method::POST, push::collection(kind), body).await?;
    if made.id.is_empty() || !is_ours(&made, document) {
        return Err(push::another());
    }
    journal_ref(&made, document).map_err(push::unusable)
}

/// Whether a journal of theirs is this one of ours and counts.
pub fn is_ours(theirs: &Journal, ours: &JournalDocument) -> bool {
    theirs.deleted_at.is_none() && carries(&theirs.reference, &ours.reference)
}

/// A journal of theirs, which are always in the currency of the books. What it comes to is the sum
/// of its debits; a list does not tell the lines.
pub fn journal_ref(theirs: &Journal, ours: &JournalDocument) -> Result<ExternalRef, MoneyError> {
    let currency = ours.total.currency();
    let lines = theirs.journal_lines.as_ref().filter(|lines| !lines.is_empty());
    let debits = lines.map(|lines| {
        let told = lines.iter().filter_map(|line| line.debit);
        let told: Result<Vec<Money>, _> =
            told.map(|Exact(amount)| Money::exact(amount, currency)).collect();
        Money::sum(currency, told?)
    });
    Ok(ExternalRef {
        id: theirs.id.clone(),
        number: theirs.description.clone().unwrap_or_default(),
        url: None,
        gross: debits.transpose()?,
        vat: None,
    })
}
