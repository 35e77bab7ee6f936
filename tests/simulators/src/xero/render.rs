//! The ledger's rows as the JSON of Xero's accounting API (OpenAPI description 16.1.0).
//!
//! Nested objects carry what the real answers carry: enough to recognise them, not the whole.

mod applied;

pub use applied::allocation;
use applied::{allocations_of, applied_credits};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::books::Books;
use super::json::{day, day_text, moment, number};
use super::model::{Contact, Document, Kind, Line, Payment};
use super::reference::{Account, TaxRate};

/// How much of a document an answer shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Without lines, as in unpaged lists.
    Summary,
    /// With lines.
    Full,
}

/// A contact.
pub fn contact(books: &Books, id: Uuid, _detail: Detail) -> Value {
    books.contacts.get(id).map_or(Value::Null, |contact| {
        let mut fields = contact.profile.clone();
        fields.extend(contact_head(contact));
        fields.entry("Addresses").or_insert_with(|| json!([]));
        fields.entry("Phones").or_insert_with(|| json!([]));
        fields.entry("ContactPersons").or_insert_with(|| json!([]));
        fields.insert("ContactGroups".to_owned(), json!([]));
        fields.insert("HasAttachments".to_owned(), json!(false));
        insert_some(&mut fields, "AccountNumber", contact.account_number.clone());
        fields.insert("UpdatedDateUTC".to_owned(), moment(contact.updated_at));
        Value::Object(fields)
    })
}

/// An invoice or bill.
pub fn invoice(books: &Books, id: Uuid, detail: Detail) -> Value {
    let Some(document) = books.documents.get(id) else { return Value::Null };
    let mut fields = document_head(books, document, detail);
    fields.insert("InvoiceID".to_owned(), json!(id));
    insert_some(&mut fields, "InvoiceNumber", document.number.clone());
    fields.insert("AmountDue".to_owned(), number(document.open_amount()));
    fields.insert("AmountPaid".to_owned(), number(document.amount_paid));
    fields.insert("AmountCredited".to_owned(), number(document.amount_credited));
    fields.insert("HasErrors".to_owned(), json!(false));
    fields.insert("SentToContact".to_owned(), json!(false));
    fields.insert("IsDiscounted".to_owned(), json!(false));
    insert_some(&mut fields, "Url", document.url.clone());
    fields.insert("Payments".to_owned(), payments_of(books, id));
    let applied = applied_credits(books, id);
    fields.insert("CreditNotes".to_owned(), Value::Array(applied.0));
    fields.insert("Overpayments".to_owned(), Value::Array(applied.1));
    fields.insert("Prepayments".to_owned(), Value::Array(applied.2));
    Value::Object(fields)
}

/// A credit note.
pub fn credit_note(books: &Books, id: Uuid, detail: Detail) -> Value {
    let Some(document) = books.documents.get(id) else { return Value::Null };
    let mut fields = document_head(books, document, detail);
    fields.insert("HasErrors".to_owned(), json!(false));
    fields.insert("CreditNoteID".to_owned(), json!(id));
    fields.insert("ID".to_owned(), json!(id));
    insert_some(&mut fields, "CreditNoteNumber", document.number.clone());
    fields.insert("RemainingCredit".to_owned(), number(document.open_amount()));
    fields.insert("Allocations".to_owned(), allocations_of(books, id));
    fields.insert("Payments".to_owned(), payments_of(books, id));
    Value::Object(fields)
}

/// An overpayment.
pub fn overpayment(books: &Books, id: Uuid, detail: Detail) -> Value {
    let mut shown = kept(books, id, detail);
    shown["OverpaymentID"] = json!(id);
    shown["ID"] = json!(id);
    shown
}

/// A prepayment.
pub fn prepayment(books: &Books, id: Uuid, detail: Detail) -> Value {
    let mut shown = kept(books, id, detail);
    shown["PrepaymentID"] = json!(id);
    shown
}

fn kept(books: &Books, id: Uuid, detail: Detail) -> Value {
    let Some(document) = books.documents.get(id) else { return Value::Null };
    let mut fields = document_head(books, document, detail);
    fields.insert("RemainingCredit".to_owned(), number(document.open_amount()));
    fields.insert("Allocations".to_owned(), allocations_of(books, id));
    fields.insert("Payments".to_owned(), payments_of(books, id));
    Value::Object(fields)
}

/// A payment.
pub fn payment(books: &Books, id: Uuid, _detail: Detail) -> Value {
    let Some(payment) = books.payments.get(id) else { return Value::Null };
    let mut fields = payment_head(payment);
    let kind = match payment.document_kind {
        Kind::AccRec => "ACCRECPAYMENT",
        Kind::AccPay => "ACCPAYPAYMENT",
        Kind::AccRecCredit => "ARCREDITPAYMENT",
        Kind::AccPayCredit => "APCREDITPAYMENT",
        Kind::ReceiveOverpayment => "AROVERPAYMENTPAYMENT",
        Kind::SpendOverpayment => "APOVERPAYMENTPAYMENT",
        Kind::ReceivePrepayment => "ARPREPAYMENTPAYMENT",
        Kind::SpendPrepayment => "APPREPAYMENTPAYMENT",
    };
    fields.insert("BankAmount".to_owned(), number(payment.amount));
    fields.insert("PaymentType".to_owned(), json!(kind));
    let status = if payment.deleted { "DELETED" } else { "AUTHORISED" };
    fields.insert("Status".to_owned(), json!(status));
    fields.insert("IsReconciled".to_owned(), json!(false));
    put_updated(&mut fields, payment.updated_at);
    if let Some(account) = books.account(&payment.account_code) {
        fields.insert("Account".to_owned(), account_head(account));
        fields.insert("HasAccount".to_owned(), json!(true));
    }
    let (name, paid) = match payment.document_kind {
        Kind::AccRec | Kind::AccPay => {
            ("Invoice", invoice(books, payment.document_id, Detail::Summary))
        }
        Kind::AccRecCredit | Kind::AccPayCredit => {
            ("CreditNote", credit_note(books, payment.document_id, Detail::Summary))
        }
        Kind::ReceiveOverpayment | Kind::SpendOverpayment => {
            ("Overpayment", overpayment(books, payment.document_id, Detail::Summary))
        }
        Kind::ReceivePrepayment | Kind::SpendPrepayment => {
            ("Prepayment", prepayment(books, payment.document_id, Detail::Summary))
        }
    };
    fields.insert(name.to_owned(), paid);
    Value::Object(fields)
}

/// A bank transaction.
pub fn bank_transaction(books: &Books, id: Uuid, detail: Detail) -> Value {
    let Some(row) = books.bank_transactions.get(id) else { return Value::Null };
    let mut shown = json!({
        "BankTransactionID": id,
        "Type": row.kind,
        "Status": if row.deleted { "DELETED" } else { "AUTHORISED" },
        "IsReconciled": row.reconciled,
        "Reference": row.reference.clone().unwrap_or_default(),
        "Contact": named_contact(books, row.contact_id),
        "BankAccount": books.account(&row.account_code).map_or(json!({}), account_head),
        "Date": day(row.date),
        "DateString": day_text(row.date),
        "LineAmountTypes": row.line_amount_types.code(),
        "LineItems": lines(&row.lines, detail),
        "SubTotal": number(row.sub_total),
        "TotalTax": number(row.total_tax),
        "Total": number(row.total),
        "CurrencyCode": row.currency_code,
        "UpdatedDateUTC": moment(row.updated_at),
        "HasAttachments": false,
    });
    if let Some(overpayment) = row.overpayment_id {
        shown["OverpaymentID"] = json!(overpayment);
    }
    if let Some(prepayment) = row.prepayment_id {
        shown["PrepaymentID"] = json!(prepayment);
    }
    shown
}

/// An account of the chart.
pub fn account(books: &Books, account: &Account) -> Value {
    let mut shown = json!({
        "AccountID": account.id,
        "Code": account.code,
        "Name": account.name,
        "Status": if account.archived { "ARCHIVED" } else { "ACTIVE" },
        "Type": account.kind,
        "Class": account.class,
        "TaxType": account.tax_type,
        "EnablePaymentsToAccount": account.takes_payments,
        "ShowInExpenseClaims": false,
        "HasAttachments": false,
    });
    if let Some(system) = &account.system_account {
        shown["SystemAccount"] = json!(system);
    }
    if account.is_bank() {
        shown["BankAccountType"] = json!("BANK");
        let base = &books.organisation.base_currency;
        shown["CurrencyCode"] = json!(account.currency.as_ref().unwrap_or(base));
    }
    shown
}

/// A tax rate.
pub fn tax_rate(rate: &TaxRate) -> Value {
    json!({
        "Name": rate.name,
        "TaxType": rate.tax_type,
        "ReportTaxType": rate.report_tax_type,
        "CanApplyToAssets": true,
        "CanApplyToEquity": true,
        "CanApplyToExpenses": rate.for_expenses,
        "CanApplyToLiabilities": true,
        "CanApplyToRevenue": rate.for_revenue,
        "DisplayTaxRate": number(rate.rate),
        "EffectiveRate": number(rate.rate),
        "Status": if rate.active { "ACTIVE" } else { "DELETED" },
        "TaxComponents": [{
            "Name": "VAT", "Rate": number(rate.rate), "IsCompound": false, "IsNonRecoverable": false,
        }],
    })
}

/// The organisation.
pub fn organisation(books: &Books) -> Value {
    let organisation = &books.organisation;
    let mut shown = json!({
        "OrganisationID": organisation.id,
        "Name": organisation.name,
        "LegalName": organisation.name,
        "PaysTax": true,
        "Version": "UK",
        "OrganisationType": "COMPANY",
        "OrganisationEntityType": "COMPANY",
        "BaseCurrency": organisation.base_currency,
        "CountryCode": organisation.country_code,
        "IsDemoCompany": false,
        "OrganisationStatus": "ACTIVE",
        "FinancialYearEndDay": 31,
        "FinancialYearEndMonth": 3,
        "Timezone": "GMTSTANDARDTIME",
        "ShortCode": "!SIM00",
        "Class": "PREMIUM",
        "Edition": "BUSINESS",
        "Addresses": [], "Phones": [], "ExternalLinks": [], "PaymentTerms": {},
    });
    let locks = [
        ("PeriodLockDate", organisation.period_lock_date),
        ("EndOfYearLockDate", organisation.end_of_year_lock_date),
    ];
    for (name, lock) in locks {
        if let Some(lock) = lock {
            shown[name] = day(lock);
        }
    }
    shown
}

fn document_head(books: &Books, document: &Document, detail: Detail) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| {
        fields.insert(name.to_owned(), value);
    };
    put("Type", json!(document.kind.code()));
    put("Reference", json!(document.reference.clone().unwrap_or_default()));
    put("Contact", named_contact(books, document.contact_id));
    put("Date", day(document.date));
    put("DateString", day_text(document.date));
    if let Some(due) = document.due_date {
        put("DueDate", day(due));
        put("DueDateString", day_text(due));
    }
    if let Some(paid_on) = document.fully_paid_on {
        put("FullyPaidOnDate", day(paid_on));
    }
    put("Status", json!(document.status.code()));
    put("LineAmountTypes", json!(document.line_amount_types.code()));
    put("LineItems", lines(&document.lines, detail));
    put("SubTotal", number(document.sub_total));
    put("TotalTax", number(document.total_tax));
    put("Total", number(document.total));
    put("CurrencyCode", json!(document.currency_code));
    put("CurrencyRate", number(document.currency_rate));
    put("HasAttachments", json!(false));
    put_updated(&mut fields, document.updated_at);
    fields
}

fn put_updated(fields: &mut Map<String, Value>, at: DateTime<Utc>) {
    fields.insert("UpdatedDateUTC".to_owned(), moment(at));
    let text = at.format("%Y-%m-%d %H:%M:%S+00:00").to_string();
    fields.insert("UpdatedDateUTCString".to_owned(), Value::String(text));
}

/// Lines, where they are shown.
pub fn lines(lines: &[Line], detail: Detail) -> Value {
    match detail {
        Detail::Summary => json!([]),
        Detail::Full => lines.iter().map(line).collect(),
    }
}

fn line(line: &Line) -> Value {
    let mut fields = Map::new();
    insert_some(&mut fields, "Description", line.description.clone());
    insert_some(&mut fields, "ItemCode", line.item_code.clone());
    insert_some(&mut fields, "AccountCode", line.account_code.clone());
    insert_some(&mut fields, "TaxType", line.tax_type.clone());
    if let Some(rate) = line.discount_rate {
        fields.insert("DiscountRate".to_owned(), number(rate));
    }
    fields.insert("LineItemID".to_owned(), json!(line.id));
    fields.insert("Quantity".to_owned(), number(line.quantity));
    fields.insert("UnitAmount".to_owned(), number(line.unit_amount));
    fields.insert("TaxAmount".to_owned(), number(line.tax_amount));
    fields.insert("LineAmount".to_owned(), number(line.line_amount));
    fields.insert("Tracking".to_owned(), Value::Array(line.tracking.clone()));
    Value::Object(fields)
}

fn contact_head(contact: &Contact) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("ContactID".to_owned(), json!(contact.id));
    fields.insert("Name".to_owned(), json!(contact.name));
    let status = if contact.archived { "ARCHIVED" } else { "ACTIVE" };
    fields.insert("ContactStatus".to_owned(), json!(status));
    insert_some(&mut fields, "ContactNumber", contact.contact_number.clone());
    fields.insert("HasValidationErrors".to_owned(), json!(false));
    fields
}

/// A contact, as documents name it.
pub fn named_contact(books: &Books, id: Uuid) -> Value {
    books.contacts.get(id).map_or(Value::Null, |contact| Value::Object(contact_head(contact)))
}

fn account_head(account: &Account) -> Value {
    json!({"AccountID": account.id, "Code": account.code, "Name": account.name})
}

fn payment_head(payment: &Payment) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("PaymentID".to_owned(), json!(payment.id));
    fields.insert("Date".to_owned(), day(payment.date));
    fields.insert("Amount".to_owned(), number(payment.amount));
    fields.insert("CurrencyRate".to_owned(), number(payment.currency_rate));
    insert_some(&mut fields, "Reference", payment.reference.clone());
    fields.insert("HasValidationErrors".to_owned(), json!(false));
    fields
}

fn payments_of(books: &Books, document_id: Uuid) -> Value {
    let payments = books.payments.with_key(&format!("document {document_id}"));
    payments.filter(|it| !it.deleted).map(|it| Value::Object(payment_head(it))).collect()
}

fn insert_some(fields: &mut Map<String, Value>, name: &str, value: Option<String>) {
    if let Some(value) = value {
        fields.insert(name.to_owned(), Value::String(value));
    }
}
