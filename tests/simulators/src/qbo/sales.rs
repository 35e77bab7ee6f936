//! Invoices, credit memos and refund receipts.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::books::{Books, Call};
use super::fault::Fault;
use super::json::{self, Body, cents, text};
use super::model::{Entity, Life, Row};
use super::tax::{self, Sold};

const NUMBER_CHARS: usize = 21;
const NOTE_CHARS: usize = 4000;
const DESCRIPTION_CHARS: usize = 4000;
const FIELD_CHARS: usize = 31;

/// Checks a sale and completes it with totals. `old` is the row that changes.
///
/// # Errors
/// Why it is not taken.
pub fn sale(
    books: &Books,
    call: &Call,
    entity: Entity,
    mut body: Body,
    old: Option<&Row>,
) -> Result<Body, Fault> {
    let customer = json::reference(&body, "CustomerRef");
    let customer = customer.ok_or_else(|| Fault::required("CustomerRef"))?;
    let customer = books.usable(Entity::Customer, customer)?;
    currency(books, customer, &mut body)?;
    dates(books, call, &mut body)?;
    check_number(books, call, entity, &body, old)?;
    check_length(&body, "PrivateNote", NOTE_CHARS)?;
    custom_fields(books, &body)?;
    if entity == Entity::RefundReceipt {
        let account = json::reference(&body, "DepositToAccountRef");
        books.usable(
            Entity::Account,
            account.ok_or_else(|| Fault::required("DepositToAccountRef"))?,
        )?;
    }
    let inclusive = !books.is_us() && text(&body, "GlobalTaxCalculation") == Some("TaxInclusive");
    let (mut lines, sold) = lines(books, &body, inclusive)?;
    let taxed = tax::of(books, &body, &sold)?;
    let net: Decimal = sold.iter().map(|line| line.amount).sum();
    let gross: Option<Decimal> = sold.iter().map(|line| line.inclusive).sum();
    let total = gross.filter(|_| inclusive).unwrap_or(net + taxed.total);
    if total < Decimal::ZERO {
        return Err(Fault::business("The total of a sale must be 0 or greater."));
    }
    let applied = old.map_or(Decimal::ZERO, |old| old.decimal("TotalAmt") - old.open());
    if total < applied {
        return Err(Fault::business("The total can't be less than what is already applied."));
    }
    let subtotal = json!({"Amount": json::number(net), "DetailType": "SubTotalLineDetail",
        "SubTotalLineDetail": {}});
    lines.push(subtotal);
    body.insert("Line".to_owned(), Value::Array(lines));
    body.insert("TxnTaxDetail".to_owned(), taxed.detail);
    body.insert("TotalAmt".to_owned(), json::number(total));
    body.entry("LinkedTxn").or_insert_with(|| json!([]));
    let open = if entity == Entity::RefundReceipt { Decimal::ZERO } else { total - applied };
    body.insert("Balance".to_owned(), json::number(open));
    if entity == Entity::CreditMemo {
        body.insert("RemainingCredit".to_owned(), json::number(open));
    }
    if entity != Entity::Invoice {
        body.remove("DueDate");
    }
    Ok(body)
}

/// A field of the company's own is text, and one that is switched on.
fn custom_fields(books: &Books, body: &Body) -> Result<(), Fault> {
    let shown =
        books.all(Entity::Preferences).next().map(|row| row.body.clone()).unwrap_or_default();
    let shown = Value::Object(shown).to_string();
    for field in json::list(body, "CustomField") {
        let id = text(field, "DefinitionId").ok_or_else(|| Fault::required("DefinitionId"))?;
        let on = format!("\"BooleanValue\":true,\"Name\":\"SalesFormsPrefs.UseSalesCustom{id}\"");
        if !shown.contains(&on) {
            return Err(Fault::reference("CustomField", id));
        }
        check_length(field, "StringValue", FIELD_CHARS)?;
    }
    Ok(())
}

/// A customer has one currency, and its documents are in it. A rate that is left out counts as 1,
/// whatever the currency: that is how QuickBooks books it.
pub fn currency(books: &Books, customer: &Row, body: &mut Body) -> Result<(), Fault> {
    let own = customer.reference("CurrencyRef").to_owned();
    let given = json::reference(body, "CurrencyRef").unwrap_or(&own).to_owned();
    if given != books.settings.currency && !books.settings.multi_currency {
        return Err(Fault::one_currency());
    }
    if given != own {
        return Err(Fault::business(
            "Transactions can use only one foreign currency at a time, the customer's.",
        ));
    }
    let is_foreign = given != books.settings.currency;
    body.insert("CurrencyRef".to_owned(), json!({"value": given}));
    if is_foreign || body.contains_key("ExchangeRate") {
        let rate = json::decimal(body, "ExchangeRate").unwrap_or(Decimal::ONE);
        if rate <= Decimal::ZERO {
            return Err(Fault::number("ExchangeRate"));
        }
        body.insert("ExchangeRate".to_owned(), json::number(rate));
    }
    Ok(())
}

/// Completes the day of a transaction and refuses it in closed books.
pub fn dates(books: &Books, call: &Call, body: &mut Body) -> Result<(), Fault> {
    for name in ["TxnDate", "DueDate"] {
        if text(body, name).is_some() && json::day(body, name).is_none() {
            return Err(Fault::enumeration(name, "a date that cannot be read"));
        }
    }
    let day = json::day(body, "TxnDate").unwrap_or(call.today());
    books.check_open(day)?;
    body.insert("TxnDate".to_owned(), json!(day.to_string()));
    let due = json::day(body, "DueDate").unwrap_or(day);
    body.insert("DueDate".to_owned(), json!(due.to_string()));
    Ok(())
}

/// A text may be as long as its field.
pub fn check_length(body: &Body, name: &str, most: usize) -> Result<(), Fault> {
    let length = text(body, name).map_or(0, |text| text.chars().count());
    if length > most { Err(Fault::too_long(name, most, length)) } else { Ok(()) }
}

/// A number is used once for each kind, where the company checks that.
pub fn check_number(
    books: &Books,
    call: &Call,
    entity: Entity,
    body: &Body,
    old: Option<&Row>,
) -> Result<(), Fault> {
    check_length(body, "DocNumber", NUMBER_CHARS)?;
    let Some(number) = text(body, "DocNumber") else { return Ok(()) };
    let same = |row: &&Row| {
        row.life != Life::Deleted
            && old.is_none_or(|old| old.id != row.id)
            && row.text("DocNumber").eq_ignore_ascii_case(number)
    };
    let checks = books.settings.unique_numbers && !call.may_repeat_number;
    match books.all(entity).find(same).filter(|_| checks) {
        Some(holder) => Err(Fault::duplicate_number(number, entity.name(), &holder.id)),
        None => Ok(()),
    }
}

type Lines = (Vec<Value>, Vec<Sold>);

fn lines(books: &Books, body: &Body, inclusive: bool) -> Result<Lines, Fault> {
    let (mut shown, mut sold) = (Vec::new(), Vec::new());
    for line in json::list(body, "Line") {
        let kind = text(line, "DetailType").ok_or_else(|| Fault::required("Line.DetailType"))?;
        match kind {
            "SalesItemLineDetail" => {
                let (line, amounts) = sold_line(books, line, inclusive)?;
                shown.push(numbered(line, shown.len() + 1));
                sold.push(amounts);
            }
            "DescriptionOnly" => shown.push(numbered(line.clone(), shown.len() + 1)),
            // What QuickBooks adds to its own answers may come back in an update.
            "SubTotalLineDetail" => {}
            other => return Err(Fault::enumeration("DetailType", other)),
        }
    }
    if sold.is_empty() {
        return Err(Fault::required("Line"));
    }
    Ok((shown, sold))
}

fn numbered(mut line: Body, number: usize) -> Value {
    line.insert("Id".to_owned(), json!(number.to_string()));
    line.insert("LineNum".to_owned(), json!(number));
    Value::Object(line)
}

fn sold_line(books: &Books, line: &Body, inclusive: bool) -> Result<(Body, Sold), Fault> {
    let amount = json::decimal(line, "Amount").ok_or_else(|| Fault::required("Line.Amount"))?;
    if cents(amount) != amount {
        return Err(Fault::number("Line.Amount"));
    }
    check_length(line, "Description", DESCRIPTION_CHARS)?;
    let mut detail = line
        .get("SalesItemLineDetail")
        .and_then(Value::as_object)
        .cloned()
        .ok_or_else(|| Fault::required("SalesItemLineDetail"))?;
    let item = json::reference(&detail, "ItemRef").unwrap_or("1");
    let item = books.usable(Entity::Item, item)?;
    let account = item.reference("IncomeAccountRef");
    books.usable(Entity::Account, account)?;
    if let Some(class) = json::reference(&detail, "ClassRef") {
        books.usable(Entity::Class, class)?;
    }
    let factors = (json::decimal(&detail, "Qty"), json::decimal(&detail, "UnitPrice"));
    if let (Some(quantity), Some(price)) = factors
        && cents(quantity * price) != amount
    {
        return Err(Fault::amount(&amount.to_string()));
    }
    let code = json::reference(&detail, "TaxCodeRef").map(str::to_owned);
    let code = code.unwrap_or_else(|| if books.is_us() { "NON" } else { "" }.to_owned());
    let with_tax = json::decimal(&detail, "TaxInclusiveAmt");
    let with_tax = if inclusive { Some(with_tax.unwrap_or(amount)) } else { None };
    detail.insert("ItemRef".to_owned(), json!({"value": item.id, "name": item.text("Name")}));
    detail.insert("ItemAccountRef".to_owned(), json!({"value": account}));
    if !code.is_empty() {
        detail.insert("TaxCodeRef".to_owned(), json!({"value": code}));
    }
    let mut line = line.clone();
    line.insert("SalesItemLineDetail".to_owned(), Value::Object(detail));
    Ok((line, Sold { amount, inclusive: with_tax, tax_code: code }))
}
