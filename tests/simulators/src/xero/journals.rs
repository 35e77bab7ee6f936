//! Manual journals: balanced lines on accounts that Xero does not keep for itself.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::books::{Books, Call, Written};
use super::json::{date, day, day_text, filled, moment, number};
use super::lines::{LineRules, read_lines};
use super::model::{Line, LineAmountTypes};
use super::render::Detail;
use super::rows::sortable;
use super::table::Row;

/// A manual journal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ManualJournal {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub narration: String,
    pub date: NaiveDate,
    /// DRAFT or POSTED; VOIDED by somebody there.
    pub status: String,
    pub lines: Vec<Line>,
    pub updated_at: DateTime<Utc>,
}

impl Row for ManualJournal {
    fn id(&self) -> Uuid {
        self.id
    }

    fn keys(&self) -> Vec<String> {
        Vec::new()
    }

    fn updated_at(&self) -> DateTime<Utc> {
        self.updated_at
    }

    fn field(&self, name: &str) -> Option<String> {
        Some(match name {
            "ManualJournalID" => self.id.to_string(),
            "Narration" => self.narration.clone(),
            "Date" => self.date.to_string(),
            "Status" => self.status.clone(),
            "UpdatedDateUTC" => sortable(self.updated_at),
            _ => return None,
        })
    }
}

/// Creates a manual journal. Xero knows no number of it, and so no duplicate.
///
/// # Errors
/// Xero's sentences about what is wrong with the body.
pub fn write_manual_journal(books: &mut Books, call: &Call, body: &Value) -> Written {
    let mut errors = Vec::new();
    let narration = filled(body, "Narration").unwrap_or_default().to_owned();
    if narration.is_empty() {
        errors.push("Narration is required.".to_owned());
    }
    let status = filled(body, "Status").unwrap_or("DRAFT").to_owned();
    if !matches!(status.as_str(), "DRAFT" | "POSTED") {
        errors.push(format!("{status} is no status of a new manual journal."));
    }
    let amounts = filled(body, "LineAmountTypes").and_then(LineAmountTypes::parse);
    let rules = LineRules {
        amounts: amounts.unwrap_or(LineAmountTypes::NoTax),
        posted: status == "POSTED",
    };
    let bodies = body.get("JournalLines").and_then(Value::as_array).cloned().unwrap_or_default();
    let lines = read_lines(books, call, rules, &bodies, &mut errors);
    if bodies.len() < 2 {
        errors.push("A manual journal must have at least two journal lines.".to_owned());
    }
    let side = |wanted: fn(&Decimal) -> bool| -> Decimal {
        lines.iter().map(|line| line.line_amount + line.tax_amount).filter(wanted).sum()
    };
    let (debits, credits) = (side(Decimal::is_sign_positive), side(Decimal::is_sign_negative));
    if debits + credits != Decimal::ZERO && errors.is_empty() {
        let credits = credits.abs();
        errors.push(format!("The total debits ({debits}) must equal total credits ({credits})"));
    }
    let date = date(body, "Date").unwrap_or_else(|error| {
        errors.push(error);
        None
    });
    let date = date.unwrap_or_else(|| call.today());
    errors.extend(books.check_open("journal", date).err());
    if !errors.is_empty() {
        return Err(errors);
    }
    let id = Uuid::now_v7();
    let (tenant_id, updated_at) = (books.tenant_id, call.now);
    books.journals.put(ManualJournal { tenant_id, id, narration, date, status, lines, updated_at });
    Ok(id)
}

/// A manual journal as Xero shows it; it tells no total.
pub fn manual_journal(books: &Books, id: Uuid, detail: Detail) -> Value {
    let Some(row) = books.journals.get(id) else { return Value::Null };
    let line = |line: &Line| {
        json!({
            "LineAmount": number(line.line_amount),
            "AccountCode": line.account_code,
            "AccountID": line.account_code.as_ref().and_then(|it| books.account(it)).map(|it| it.id),
            "Description": line.description,
            "TaxType": line.tax_type.as_deref().unwrap_or("NONE"),
            "TaxAmount": number(line.tax_amount),
            "Tracking": line.tracking,
            "IsBlank": false,
        })
    };
    let lines: Vec<Value> = match detail {
        Detail::Summary => Vec::new(),
        Detail::Full => row.lines.iter().map(line).collect(),
    };
    json!({
        "ManualJournalID": id,
        "Narration": row.narration,
        "Date": day(row.date),
        "DateString": day_text(row.date),
        "Status": row.status,
        "LineAmountTypes": "NoTax",
        "ShowOnCashBasisReports": true,
        "HasAttachments": false,
        "JournalLines": lines,
        "UpdatedDateUTC": moment(row.updated_at),
    })
}
