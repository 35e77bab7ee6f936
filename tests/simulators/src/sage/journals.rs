//! Journals: balanced lines on the accounts that Sage shows in its journals area.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::books::{Books, Call, new_id};
use super::json::{Amounts, day, decimal, filled, moment, needed, rows, short};
use super::model::{Journal, JournalLine};
use super::refusal::Refusal;
use super::render::base;

/// Longest reference and description (Sage's description of Journal).
const REFERENCE: usize = 255;
const DESCRIPTION: usize = 200;

/// Makes a journal, which is in the accounts at once. Sage checks no reference against others.
///
/// # Errors
/// The first rule that it breaks.
pub fn create(books: &mut Books, call: Call, body: &Value) -> Result<String, Refusal> {
    let date = day(body, "date")?.ok_or_else(|| Refusal::required("date"))?;
    books.check_open(date)?;
    needed(body, "reference")?;
    let reference = short(body, "reference", REFERENCE)?.unwrap_or_default();
    let description = short(body, "description", DESCRIPTION)?;
    let lines: Vec<JournalLine> =
        rows(body, "journal_lines").iter().map(|row| line(books, row)).collect::<Result<_, _>>()?;
    let debits: Decimal = lines.iter().map(|line| line.debit).sum();
    let credits: Decimal = lines.iter().map(|line| line.credit).sum();
    if lines.len() < 2 || debits != credits || debits.is_zero() {
        let text = "The total debits must equal the total credits.";
        return Err(Refusal::invalid("journal_lines", text));
    }
    let journal = Journal {
        business_id: books.id.clone(),
        id: new_id(),
        date,
        reference,
        description,
        lines,
        deleted_at: None,
        created_at: call.now,
        updated_at: call.now,
    };
    let id = journal.id.clone();
    books.touch("journal", &journal);
    books.journals.push(journal);
    Ok(id)
}

fn line(books: &Books, row: &Value) -> Result<JournalLine, Refusal> {
    let missing = |name: &str| Refusal::required(format!("journal_lines.{name}"));
    let account = filled(row, "ledger_account_id").ok_or_else(|| missing("ledger_account_id"))?;
    let is_shown =
        |it: &&super::reference::LedgerAccount| it.id == account && it.visible_in_journals;
    books.accounts.iter().find(is_shown).ok_or_else(Refusal::not_found)?;
    let debit = decimal(row, "debit")?.ok_or_else(|| missing("debit"))?;
    let credit = decimal(row, "credit")?.ok_or_else(|| missing("credit"))?;
    let is_cents = |amount: Decimal| amount.round_dp(2) == amount && !amount.is_sign_negative();
    if !is_cents(debit) || !is_cents(credit) || debit.is_zero() == credit.is_zero() {
        let text = "A journal line is either a debit or a credit.";
        return Err(Refusal::invalid("journal_lines.debit", text));
    }
    let flag = |name: &str| row.get(name).and_then(Value::as_bool).unwrap_or_default();
    Ok(JournalLine {
        id: new_id(),
        ledger_account_id: account.to_owned(),
        details: filled(row, "details").map(str::to_owned),
        debit,
        credit,
        include_on_tax_return: flag("include_on_tax_return"),
    })
}

/// Takes a journal back.
///
/// # Errors
/// It is not there, or its day is locked.
pub fn delete(books: &mut Books, call: Call, id: &str) -> Result<(), Refusal> {
    let place = books.journals.iter().position(|it| it.id == id && it.deleted_at.is_none());
    let place = place.ok_or_else(Refusal::not_found)?;
    books.check_open(books.journals[place].date)?;
    let row = &mut books.journals[place];
    row.deleted_at = Some(call.now);
    row.updated_at = call.now;
    let row = row.clone();
    books.touch("journal", &row);
    Ok(())
}

/// A journal as Sage shows it; a list shows of its lines only that they are there, because it takes no
/// `nested_attributes`.
pub fn shown(row: &Journal, listed: bool, amounts: Amounts) -> Value {
    let line = |line: &JournalLine| match listed {
        true => json!({"id": line.id}),
        false => json!({
            "id": line.id,
            "ledger_account": base("ledger_accounts", &line.ledger_account_id, ""),
            "details": line.details,
            "debit": amounts.show(line.debit),
            "credit": amounts.show(line.credit),
            "include_on_tax_return": line.include_on_tax_return,
        }),
    };
    let lines: Vec<Value> = row.lines.iter().map(line).collect();
    let total = row.lines.iter().map(|line| line.debit).sum();
    json!({
        "id": row.id,
        "displayed_as": row.reference,
        "$path": format!("/journals/{}", row.id),
        "created_at": moment(row.created_at),
        "updated_at": moment(row.updated_at),
        "deleted_at": row.deleted_at.map(moment),
        "date": row.date,
        "reference": row.reference,
        "description": row.description,
        "total": amounts.show(total),
        "journal_lines": lines,
    })
}
