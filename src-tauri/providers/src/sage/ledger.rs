//! Sage's general ledger: its ledger entries account by account, each account with what Sage says it
//! comes to (Swagger description 3.1, `ledger_entries` and `ledger_accounts`, 2026-11).
//!
//! Never shows an entry that was deleted, and never adds up: an account's sum is its own balance of the
//! days, which leaves the same entries out.

use super::client;
use super::records;
use super::reports::{GROUPS, Reading};
use super::wire::{LedgerAccount, LedgerEntry};
use crate::document::Period;
use crate::error::ProviderError;
use crate::http::{Effect, HttpClient, unclear};
use crate::report::ReportRow;
use crate::session::Session;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What is asked for of an entry.
const ENTRY: &str = "date,debit,credit,ledger_account,transaction,contact,description,deleted";

/// Entries by the id of their account, the oldest first.
pub(super) type Entries = BTreeMap<String, Vec<(NaiveDate, LedgerEntry)>>;

/// Every entry of the days, page by page.
///
/// # Errors
/// What a call brought, or [`ProviderError::Protocol`] for an entry without a day or an account.
pub(super) async fn entries(
    http: &HttpClient,
    session: &Session,
    period: Period,
) -> Result<Entries, ProviderError> {
    let query = records::dated(period, ENTRY);
    let all: Vec<LedgerEntry> = client::get_all(http, session, "ledger_entries", &query, 1).await?;
    let mut entries = Entries::new();
    for entry in all.into_iter().filter(|entry| entry.deleted != Some(true)) {
        let day = entry.date.ok_or_else(|| unclear(Effect::Read, "an entry without a day"))?;
        let account = entry.ledger_account.as_ref().map(|it| it.id.clone());
        let account =
            account.ok_or_else(|| unclear(Effect::Read, "an entry without an account"))?;
        if (period.from..=period.to).contains(&day) {
            entries.entry(account).or_default().push((day, entry));
        }
    }
    for of_account in entries.values_mut() {
        of_account.sort_by_key(|(day, _)| *day);
    }
    Ok(entries)
}

/// Entries under their accounts, in the order of the groups. What stands on an account that the chart
/// does not list comes last, with debits above nothing and without a sum.
///
/// # Errors
/// [`ProviderError::Protocol`] for an amount that is none.
pub(super) fn rows(
    accounts: &[LedgerAccount],
    mut entries: Entries,
    reading: &Reading,
) -> Result<Vec<ReportRow>, ProviderError> {
    let group = |of: &LedgerAccount| of.ledger_account_group.as_ref().map(|it| it.id.clone());
    let mut sorted: Vec<_> =
        accounts.iter().map(|it| (group(it).unwrap_or_default(), it)).collect();
    sorted.sort_by_key(|(group, _)| {
        GROUPS.iter().position(|(of, _)| of == group).unwrap_or(GROUPS.len())
    });
    let mut rows = Vec::new();
    for (group, account) in sorted {
        let name = account.displayed_as.clone().unwrap_or_default();
        let its = entries.remove(&account.id).unwrap_or_default();
        for (day, entry) in &its {
            rows.push(line(&name, (*day, entry), &group, reading)?);
        }
        let amount = reading.amount(account, &group)?;
        if !its.is_empty() || !amount.is_zero() {
            let codes = reading.codes(account);
            rows.push(ReportRow { section: name.clone(), name, codes, amount, is_sum: true });
        }
    }
    for (day, entry) in entries.values().flatten() {
        let name = entry.ledger_account.as_ref().and_then(|it| it.displayed_as.clone());
        rows.push(line(&name.unwrap_or_default(), (*day, entry), "", reading)?);
    }
    Ok(rows)
}

/// One entry: its day, what it came from and whom it is about, or else what is written on it.
fn line(
    section: &str,
    (day, entry): (NaiveDate, &LedgerEntry),
    group: &str,
    reading: &Reading,
) -> Result<ReportRow, ProviderError> {
    let named = [&entry.transaction, &entry.contact];
    let named = named.into_iter().flatten().filter_map(|it| it.displayed_as.as_deref());
    let mut words: Vec<&str> = named.filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        words.extend(entry.description.as_deref());
    }
    Ok(ReportRow {
        section: section.to_owned(),
        name: format!("{day} {}", words.join(" ")).trim_end().to_owned(),
        codes: Vec::new(),
        amount: reading.signed((entry.debit, entry.credit), group)?,
        is_sum: false,
    })
}
