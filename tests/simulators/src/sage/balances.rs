//! What was posted on the ledger accounts, by artefacts, receipts and journals, and what stands there.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::books::Books;
use super::json::moment;
use super::model::{Artefact, Journal, JournalLine, Kind, Payment, Status};
use super::reference::{LedgerAccount, TRANSACTION_TYPES};
use super::render::{Shower, base, listed};

/// One side of what was posted, in the currency of the business.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The record that it came from, and how Sage names it: identifier, name, kind.
    pub from: (&'a str, &'a str, &'static str),
    /// Its place within the record.
    part: usize,
    pub account: &'a str,
    pub contact: Option<&'a str>,
    pub date: NaiveDate,
    description: &'a str,
    /// Debits above nothing, credits below.
    amount: Decimal,
    pub deleted: bool,
    pub written: (DateTime<Utc>, DateTime<Utc>),
}

impl Entry<'_> {
    /// Its identifier: that of its record, with its place there.
    pub fn id(&self) -> String {
        format!("{}{:04}", self.from.0, self.part)
    }
}

/// Everything that was ever posted; what was taken back is marked.
pub fn entries(books: &Books) -> Vec<Entry<'_>> {
    let posted = |it: &&Artefact| it.status.is_posted() || it.status == Status::Void;
    let artefacts = books.artefacts.iter().filter(posted).map(|it| of_artefact(books, it));
    let payments = books.payments.iter().map(|it| of_payment(books, it));
    let journals = books.journals.iter().map(of_journal);
    let mut all: Vec<Entry<'_>> = artefacts.chain(payments).chain(journals).flatten().collect();
    all.retain(|it| !it.amount.is_zero());
    all
}

fn control(books: &Books, code: u32) -> &str {
    let account = books.accounts.iter().find(|it| it.nominal_code == code);
    account.map_or("", |it| it.id.as_str())
}

fn of_artefact<'a>(books: &'a Books, row: &'a Artefact) -> Vec<Entry<'a>> {
    let sign = match row.kind {
        Kind::SalesInvoice => Decimal::ONE,
        Kind::SalesCreditNote => -Decimal::ONE,
    };
    let worth = |amount: Decimal| sign * amount / row.exchange_rate;
    let entry = |part: usize, account: &'a str, amount: Decimal, description: &'a str| Entry {
        from: (&row.id, &row.number, row.kind.code()),
        part,
        account,
        contact: Some(&row.contact_id),
        date: row.date,
        description,
        amount,
        deleted: row.status == Status::Void,
        written: (row.created_at, row.updated_at),
    };
    let lines = row.lines.iter().zip(2..).map(|(line, part)| {
        entry(part, &line.ledger_account_id, -worth(line.net), &line.description)
    });
    let debtors = entry(0, control(books, 1100), worth(row.total), "");
    let tax = entry(1, control(books, 2200), -worth(row.tax), "");
    [debtors, tax].into_iter().chain(lines).collect()
}

fn of_payment<'a>(books: &'a Books, row: &'a Payment) -> Vec<Entry<'a>> {
    let received = row.transaction_type == "CUSTOMER_RECEIPT";
    let (sign, kind) = match received {
        true => (Decimal::ONE, "CUSTOMER_RECEIPT"),
        false => (-Decimal::ONE, "CUSTOMER_REFUND"),
    };
    let worth = sign * row.total / row.exchange_rate;
    let bank = books.banks.iter().find(|it| it.id == row.bank_account_id);
    let bank = bank.map_or("", |it| it.ledger_account_id.as_str());
    let entry = |part: usize, account: &'a str, amount: Decimal| Entry {
        from: (&row.id, row.reference.as_deref().unwrap_or_default(), kind),
        part,
        account,
        contact: Some(&row.contact_id),
        date: row.date,
        description: "",
        amount,
        deleted: row.deleted_at.is_some(),
        written: (row.created_at, row.updated_at),
    };
    vec![entry(0, bank, worth), entry(1, control(books, 1100), -worth)]
}

fn of_journal(row: &Journal) -> Vec<Entry<'_>> {
    let entry = |(part, line): (usize, &'_ JournalLine)| Entry {
        from: (&row.id, &row.reference, "JOURNAL"),
        part,
        account: &row.lines[part].ledger_account_id,
        contact: None,
        date: row.date,
        description: row.lines[part].details.as_deref().unwrap_or_default(),
        amount: line.debit - line.credit,
        deleted: row.deleted_at.is_some(),
        written: (row.created_at, row.updated_at),
    };
    row.lines.iter().enumerate().map(entry).collect()
}

/// Debits and credits of an account over some days by these entries, in the currency of the business.
pub fn of(
    entries: &[Entry<'_>],
    account: &LedgerAccount,
    (from, to): (NaiveDate, NaiveDate),
) -> (Decimal, Decimal) {
    let counts = |it: &&Entry<'_>| it.account == account.id && (from..=to).contains(&it.date);
    let (mut debits, mut credits) = (Decimal::ZERO, Decimal::ZERO);
    for entry in entries.iter().filter(counts) {
        if entry.amount > Decimal::ZERO { debits += entry.amount } else { credits -= entry.amount }
    }
    (debits, credits)
}

/// An entry as Sage shows it. What it came from is named, and told no more of.
pub fn shown(show: &Shower<'_>, entry: &Entry<'_>) -> Value {
    let (id, name, kind) = entry.from;
    let account = show.books.accounts.iter().find(|it| it.id == entry.account);
    let account =
        account.map_or_else(String::new, |it| format!("{} ({})", it.name, it.nominal_code));
    let side = |amount: Decimal| show.amounts.show(amount.max(Decimal::ZERO).round_dp(2));
    let mut transaction = base("transactions", id, name);
    transaction["transaction_type"] = listed("transaction_types", TRANSACTION_TYPES, kind);
    json!({
        "id": entry.id(),
        "displayed_as": name,
        "$path": format!("/ledger_entries/{}", entry.id()),
        "created_at": moment(entry.written.0),
        "updated_at": moment(entry.written.1),
        "date": entry.date,
        "debit": side(entry.amount),
        "credit": side(-entry.amount),
        "ledger_account": base("ledger_accounts", entry.account, &account),
        "transaction": transaction,
        "contact": entry.contact.map(|id| show.contact_base(id)),
        "description": entry.description,
        "deleted": entry.deleted,
    })
}
