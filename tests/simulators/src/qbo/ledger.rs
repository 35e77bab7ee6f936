//! What a company's transactions post on its accounts.
//!
//! Never a gain or loss by exchange: a payment counts at its own rate, as its invoice at its own.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::books::Books;
use super::company::TAX_ACCOUNT;
use super::json::{self, cents};
use super::model::{Entity, Life, Row};

/// One amount on one account, debits above nothing.
#[derive(Clone, Debug)]
pub struct Posting {
    pub date: NaiveDate,
    pub account: String,
    /// In the currency of the books.
    pub home: Decimal,
    /// In the currency of the transaction.
    pub own: Decimal,
    /// Name and identifier of the transaction, and its number.
    pub kind: &'static str,
    pub transaction: String,
    pub number: String,
    pub customer: String,
    pub customer_name: String,
}

/// Every posting of the books, by transaction.
pub fn postings(books: &Books) -> Vec<Posting> {
    let debtors =
        books.all(Entity::Account).find(|it| it.text("AccountType") == "Accounts Receivable");
    let debtors = debtors.map_or("", |it| it.id.as_str());
    let mut all = Vec::new();
    for (entity, sign) in [(Entity::Invoice, Decimal::ONE), (Entity::CreditMemo, -Decimal::ONE)] {
        for row in alive(books, entity) {
            all.extend(sale(books, row, (debtors, sign)));
        }
    }
    for row in alive(books, Entity::Payment) {
        let total = row.decimal("TotalAmt");
        if !total.is_zero() {
            let of = Of::new(books, row);
            all.extend(of.post(row.reference("DepositToAccountRef"), total));
            all.extend(of.post(debtors, -total));
        }
    }
    for row in alive(books, Entity::JournalEntry) {
        all.extend(entry(books, row));
    }
    all.sort_by_key(|it| it.date);
    all
}

fn entry(books: &Books, row: &Row) -> Vec<Posting> {
    let of = Of::new(books, row);
    let line = |line: &json::Body| {
        let detail = line.get("JournalEntryLineDetail").and_then(|it| it.as_object())?;
        let amount = json::decimal(line, "Amount")?;
        let is_credit = json::text(detail, "PostingType") == Some("Credit");
        of.post(json::reference(detail, "AccountRef")?, if is_credit { -amount } else { amount })
    };
    json::list(&row.body, "Line").into_iter().filter_map(line).collect()
}

fn alive(books: &Books, entity: Entity) -> impl Iterator<Item = &Row> {
    books.all(entity).filter(|row| row.life == Life::Alive)
}

fn sale(books: &Books, row: &Row, (debtors, sign): (&str, Decimal)) -> Vec<Posting> {
    let of = Of::new(books, row);
    let detail = row.body.get("TxnTaxDetail").and_then(|it| it.as_object());
    let tax = detail.and_then(|it| json::decimal(it, "TotalTax")).unwrap_or_default();
    let mut made: Vec<Posting> =
        of.post(debtors, sign * row.decimal("TotalAmt")).into_iter().collect();
    for line in json::list(&row.body, "Line") {
        let Some(detail) = line.get("SalesItemLineDetail").and_then(|it| it.as_object()) else {
            continue;
        };
        let item = json::reference(detail, "ItemRef").unwrap_or_default();
        let item = books.get(Entity::Item, item);
        let income = item.map_or("", |item| item.reference("IncomeAccountRef"));
        let amount = json::decimal(line, "Amount").unwrap_or_default();
        made.extend(of.post(income, -sign * amount));
    }
    made.extend(of.post(TAX_ACCOUNT, -sign * tax));
    // Cents that rates leave over belong to the debt.
    let left: Decimal = made.iter().map(|it| it.home).sum();
    if let Some(first) = made.first_mut() {
        first.home -= left;
    }
    made
}

/// What the postings of a transaction have in common.
struct Of<'a> {
    row: &'a Row,
    rate: Decimal,
    customer_name: String,
}

impl<'a> Of<'a> {
    fn new(books: &Books, row: &'a Row) -> Self {
        let rate = json::decimal(&row.body, "ExchangeRate").unwrap_or(Decimal::ONE);
        let customer = books.get(Entity::Customer, row.reference("CustomerRef"));
        let customer_name = customer.map_or("", |it| it.text("DisplayName")).to_owned();
        Self { row, rate, customer_name }
    }

    fn post(&self, account: &str, amount: Decimal) -> Option<Posting> {
        if amount.is_zero() {
            return None;
        }
        Some(Posting {
            date: self.row.day()?,
            account: account.to_owned(),
            home: cents(amount * self.rate),
            own: amount,
            kind: self.row.entity.name(),
            transaction: self.row.id.clone(),
            number: self.row.text("DocNumber").to_owned(),
            customer: self.row.reference("CustomerRef").to_owned(),
            customer_name: self.customer_name.clone(),
        })
    }
}
