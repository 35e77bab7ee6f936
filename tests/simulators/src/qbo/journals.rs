//! Journal entries: balanced lines, each on one side of an account.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::books::{Books, Call};
use super::fault::Fault;
use super::json::{self, Body, cents, text};
use super::model::{Entity, Row};
use super::sales::{check_length, check_number, dates};

const NOTE_CHARS: usize = 4000;
const DESCRIPTION_CHARS: usize = 4000;

/// Accounts whose lines name somebody, of which kind, and Intuit's sentence where they do not.
const NAMED: [(&str, Entity, &str); 2] = [
    (
        "Accounts Receivable",
        Entity::Customer,
        "When you use Accounts Receivable, you must choose a customer in the Name field.",
    ),
    (
        "Accounts Payable",
        Entity::Vendor,
        "When you use Accounts Payable, you must choose a supplier in the Name field.",
    ),
];

/// Checks a journal entry and completes it; it tells no total. `old` is the row that changes.
///
/// # Errors
/// Why it is not taken.
pub fn journal_entry(
    books: &Books,
    call: &Call,
    mut body: Body,
    old: Option<&Row>,
) -> Result<Body, Fault> {
    let home = books.settings.currency;
    if json::reference(&body, "CurrencyRef").is_some_and(|given| given != home) {
        return Err(Fault::business(
            "The currency of the transaction is not that of its accounts.",
        ));
    }
    dates(books, call, &mut body)?;
    body.remove("DueDate");
    check_number(books, call, Entity::JournalEntry, &body, old)?;
    check_length(&body, "PrivateNote", NOTE_CHARS)?;
    if !books.is_us() {
        let tax = text(&body, "GlobalTaxCalculation");
        let tax = tax.ok_or_else(|| Fault::required("GlobalTaxCalculation"))?;
        if tax != "NotApplicable" {
            return Err(Fault::enumeration("GlobalTaxCalculation", tax));
        }
    }
    let (mut lines, mut sum) = (Vec::new(), Decimal::ZERO);
    for line in json::list(&body, "Line") {
        let (mut line, amount) = posted(books, line)?;
        sum += amount;
        line.insert("Id".to_owned(), json!(lines.len().to_string()));
        lines.push(Value::Object(line));
    }
    if lines.len() < 2 {
        return Err(Fault::required("Line"));
    }
    if !sum.is_zero() {
        return Err(Fault::business(
            "Transaction is not in balance. Make sure debits and credits are the same.",
        ));
    }
    body.insert("Line".to_owned(), Value::Array(lines));
    body.insert("CurrencyRef".to_owned(), json!({"value": home}));
    body.entry("Adjustment").or_insert_with(|| json!(false));
    body.insert("TxnTaxDetail".to_owned(), json!({}));
    Ok(body)
}

/// A line, and what it is debited with; a credit is below nothing.
fn posted(books: &Books, line: &Body) -> Result<(Body, Decimal), Fault> {
    let kind = text(line, "DetailType").ok_or_else(|| Fault::required("Line.DetailType"))?;
    if kind != "JournalEntryLineDetail" {
        return Err(Fault::enumeration("DetailType", kind));
    }
    let amount = json::decimal(line, "Amount").ok_or_else(|| Fault::required("Line.Amount"))?;
    if amount < Decimal::ZERO || cents(amount) != amount {
        return Err(Fault::number("Line.Amount"));
    }
    check_length(line, "Description", DESCRIPTION_CHARS)?;
    let detail = line.get("JournalEntryLineDetail").and_then(Value::as_object);
    let detail = detail.ok_or_else(|| Fault::required("JournalEntryLineDetail"))?;
    let side = text(detail, "PostingType").ok_or_else(|| Fault::required("PostingType"))?;
    let amount = match side {
        "Debit" => amount,
        "Credit" => -amount,
        other => return Err(Fault::enumeration("PostingType", other)),
    };
    let account = json::reference(detail, "AccountRef");
    let account = account.ok_or_else(|| Fault::required("AccountRef"))?;
    let account = books.usable(Entity::Account, account)?;
    for (kind, entity, sentence) in NAMED {
        if account.text("AccountType") == kind {
            let whom = detail.get("Entity").and_then(Value::as_object);
            let whom = whom.filter(|it| text(it, "Type") == Some(entity.name()));
            let whom = whom.and_then(|it| json::reference(it, "EntityRef"));
            books.usable(entity, whom.ok_or_else(|| Fault::business(sentence))?)?;
        }
    }
    if let Some(class) = json::reference(detail, "ClassRef") {
        books.usable(Entity::Class, class)?;
    }
    Ok((line.clone(), amount))
}
